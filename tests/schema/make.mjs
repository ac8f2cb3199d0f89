// Generates instances of the component schemas of a document.
//
// usage: node make.mjs DOCUMENT MANIFEST INSTANCES COUNT
//
// Writes a line of JSON for each instance to the file INSTANCES: the pointer of its schema, its kind, and the value. Instances of the
// kind `valid` pass the validator. Those of the kind `extra` have a property that the document does not describe, if that is valid, and
// those of the kind `unlisted` have an enum value that it does not list. Those of the kind `variant` are COUNT instances of each member of
// each union: one with all properties, one with only the required ones, and others in between. Prints the schemas without an instance
// as JSON, with the reason.

import { closeSync, openSync, writeSync } from 'node:fs';
import { generateSync } from 'json-schema-faker';
import { load } from './document.mjs';

const [document, manifest, target, count] = process.argv.slice(2);
/** The maximum number of values in an instance, because recursive schemas have no limit. */
const LARGEST = 600;
/**
 * The sizes of instances to try, in descending order. Beyond some depth the library returns arbitrary values, so only small instances
 * are valid.
 */
const ATTEMPTS = [
  { refDepthMax: 12, maxDepth: 40 },
  { refDepthMax: 12, maxDepth: 40, maxDefaultItems: 2, optionalsProbability: 0.25 },
  { refDepthMax: 12, maxDepth: 40, maxDefaultItems: 1, optionalsProbability: 0.1 },
  { refDepthMax: 4, maxDepth: 40, maxDefaultItems: 1, optionalsProbability: 0.1 },
  { refDepthMax: 20, maxDepth: 60, maxDefaultItems: 1, optionalsProbability: 0 },
];
const FORMATS = {
  byte: random => bytes(random).toString('base64'),
  base64url: random => bytes(random).toString('base64url'),
  time: random => new Date(random.int(0, 86_399_999)).toISOString().slice(11),
  'date-time': random => moment(random),
  url: random => `https://example.com/${random.int(0, 9999)}`,
};

function bytes(random) {
  return Buffer.from(Array.from({ length: random.int(0, 12) }, () => random.int(0, 255)));
}

/** Returns a timestamp in one of the notations of RFC 3339. */
function moment(random) {
  const text = new Date(random.int(0, 2_000_000_000) * 1000 + random.int(0, 999)).toISOString();
  const zone = random.pick(['Z', '+00:00', '+05:30', '-08:00']);
  return text.replace(random.pick(['Z', '.000Z']), 'Z').replace('Z', zone);
}

/** Returns a value, with the pointers to the enum values inside it. */
function make(name, definitions, seed, attempt) {
  const enums = [];
  let size = 0;
  const options = {
    seed,
    // The first one has all properties, the second one only the required ones.
    ...(seed === 1 && attempt === 0 ? { alwaysFakeOptionals: true } : { optionalsProbability: seed === 2 ? 0 : 0.5 }),
    ...ATTEMPTS[attempt],
    formats: FORMATS,
    refResolver: ref => definitions[ref.split('/').at(-1)],
    outputTransform: (value, schema, path) => {
      size += 1;
      if (size > LARGEST) throw new Error('too large');
      if (typeof value === 'string' && schema?.enum?.length > 1) enums.push(path);
      // Only 32-bit numbers, which survive a round trip.
      return schema?.format === 'float' && typeof value === 'number' ? Number(Math.fround(value).toPrecision(6)) : value;
    },
  };
  return { value: generateSync({ $ref: `#/$defs/${name}` }, options), enums };
}

/** Returns the first valid instance of a seed, and counts the discarded ones. */
function valid(name, definitions, isValid, seed, tally) {
  for (let attempt = 0; attempt < ATTEMPTS.length; attempt += 1) {
    try {
      const instance = make(name, definitions, seed, attempt);
      if (instance.value !== undefined) {
        // A component that is null is handled by the schema that uses it, where its type is optional.
        if (instance.value === null) return undefined;
        if (isValid(instance.value)) return instance;
        tally.refused += 1;
        const [error] = isValid.errors;
        tally.reason = `the validator: ${error.instancePath} ${error.message}`;
      }
    } catch (error) {
      tally.reason = `the maker: ${error.message.split('\n')[0]}`;
    }
  }
  return undefined;
}

/** The maximum number of members of unions that are tested for each schema. */
const MOST_MEMBERS = 60;

/** Returns a copy with another value at a pointer. */
function replaced(value, pointer, by) {
  if (pointer === '' || pointer === '/') return by;
  const copy = structuredClone(value);
  const steps = pointer.split('/').slice(1).map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const parent = steps.reduce((node, step) => node?.[step], copy);
  if (typeof parent?.[last] !== 'string') return undefined;
  parent[last] = by;
  return copy;
}

/**
 * Yields a copy of a schema for each member of each union in it, also of unions in its properties and items. The copy has the member in
 * place of the union, and requires the properties that contain it. References are not followed.
 */
function* withMember(schema, rebuild) {
  if (typeof schema !== 'object' || schema === null || schema.$ref) return;
  const { oneOf = [], anyOf = [], allOf = [], properties = {}, items, additionalProperties, ...rest } = schema;
  const members = [...oneOf, ...anyOf].filter(member => member.type !== 'null');
  const base = { ...schema, oneOf: undefined, anyOf: undefined, discriminator: undefined };
  const isBare = Object.keys(properties).length + allOf.length === 0 && !('type' in rest);
  if (members.length > 1) {
    for (const member of members) yield rebuild(isBare ? member : JSON.parse(JSON.stringify({ ...base, allOf: [...allOf, member] })));
  }
  for (const [key, property] of Object.entries(properties)) {
    const required = [...new Set([...(schema.required ?? []), key])];
    yield* withMember(property, by => rebuild({ ...schema, properties: { ...properties, [key]: by }, required }));
  }
  yield* withMember(items, by => rebuild({ ...schema, items: by, minItems: Math.max(1, schema.minItems ?? 0) }));
  yield* withMember(additionalProperties, by => rebuild({ ...schema, additionalProperties: by }));
  for (const [index, part] of allOf.entries()) yield* withMember(part, by => rebuild({ ...schema, allOf: allOf.with(index, by) }));
}

const schemas = await load(document, manifest);
const out = openSync(target, 'w');
const put = (pointer, kind, value) => writeSync(out, `${JSON.stringify({ pointer, kind, value })}\n`);
const tally = { schemas: schemas.length, valid: 0, refused: 0, reason: undefined };
const without = [];
for (const { pointer, name, definitions, validator: isValid } of schemas) {
  const seen = new Set();
  tally.reason = isValid;
  for (let seed = 1; seed <= Number(count) && typeof isValid === 'function'; seed += 1) {
    const instance = valid(name, definitions, isValid, seed, tally);
    const text = JSON.stringify(instance?.value);
    if (text === undefined || seen.has(text)) continue;
    seen.add(text);
    put(pointer, 'valid', instance.value);
    // Two instances of each schema are enough for these kinds.
    if (seen.size > 2) continue;
    const { value, enums } = instance;
    const extra = typeof value === 'object' && !Array.isArray(value) ? { ...value, 'x-unlisted': 'kept or not' } : undefined;
    if (extra !== undefined && isValid(extra)) put(pointer, 'extra', extra);
    const other = enums.length > 0 ? replaced(value, enums[seed % enums.length], 'x-unlisted') : undefined;
    if (other !== undefined) put(pointer, 'unlisted', other);
  }
  tally.valid += seen.size;
  if (seen.size === 0) without.push({ pointer, reason: tally.reason });
}
for (const { pointer, name, definitions, validator } of schemas) {
  if (typeof validator !== 'function') continue;
  let number = 0;
  for (const schema of withMember(definitions[name], by => by)) {
    if ((number += 1) > MOST_MEMBERS) break;
    const variant = `${name} variant`;
    const all = { ...definitions, [variant]: schema };
    const seen = new Set();
    for (let seed = 1; seed <= Math.max(2, Number(count)); seed += 1) {
      const instance = valid(variant, all, validator, seed, { refused: 0 });
      const text = JSON.stringify(instance?.value);
      if (text === undefined || seen.has(text)) continue;
      seen.add(text);
      put(pointer, 'variant', instance.value);
    }
  }
}
closeSync(out);
console.log(JSON.stringify({ ...tally, reason: undefined, without }));
