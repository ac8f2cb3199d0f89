// Translates the schemas of an OpenAPI document to JSON Schema 2020-12.
//
// In: the parsed document, of Swagger 2.0 or OpenAPI 3.0 to 3.2. Out: `definitions`, a schema for each name, and `names`, the
// name of the schema at each JSON pointer. A `$ref` of the result is the name of a definition after `#/$defs/`.
//
// The differences between OpenAPI and JSON Schema are translated:
// - `nullable` becomes a type `null` and a null in the enum; without a type it becomes `anyOf` with null;
// - a boolean exclusive bound becomes a number;
// - keywords next to a `$ref` are removed before OpenAPI 3.1, except `readOnly` and `writeOnly`, and joined by `allOf` since then;
// - a discriminator becomes the allowed values in each branch;
// - an integer format becomes its bounds;
// - a missing type is added if the keywords apply to one type only; types that JSON Schema does not have are removed;
// - in one direction, properties of the other one (`readOnly`, `writeOnly`) are removed, except in schemas whose type has both;
// - all other annotations are removed.
// In addition, limits are reduced to what a test needs.

const PLAIN = new Set([
  'const', 'multipleOf', 'maxLength', 'minLength', 'maxItems', 'minItems', 'uniqueItems', 'minContains', 'maxContains',
  'maxProperties', 'minProperties', 'dependentRequired', 'readOnly', 'writeOnly',
]);
const SINGLE = ['additionalProperties', 'propertyNames', 'items', 'contains', 'not', 'if', 'then', 'else', 'unevaluatedProperties', 'unevaluatedItems'];
const MANY = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', 'dependentSchemas'];
const TYPES = new Set(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);
/** The largest limit that a test needs. The library would generate two billion characters if the limit allows it. */
const LIMITS = [
  ['maxLength', 'minLength', 40],
  ['maxItems', 'minItems', 3],
  ['maxProperties', 'minProperties', 10],
];
const BOUNDS = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  uint: [0, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
};

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * Returns all component schemas and the schemas that they refer to, for values that are only `sent`, only `received`, or both.
 * `common` are the pointers of the schemas whose type is both sent and received.
 */
export function translate(document, direction, common) {
  return new Translation(document, direction, common).run();
}

class Translation {
  constructor(document, direction, common) {
    this.document = document;
    this.common = common;
    this.other = { sent: 'readOnly', received: 'writeOnly' }[direction];
    const version = String(document.swagger ?? document.openapi ?? '');
    this.siblings = /^3\.[1-9]/.test(version);
    this.names = new Map();
    this.open = [];
    this.definitions = {};
  }

  run() {
    const [base, components] = this.document.swagger
      ? ['#/definitions', this.document.definitions]
      : ['#/components/schemas', this.document.components?.schemas];
    const roots = Object.keys(isObject(components) ? components : {}).map(key => {
      const pointer = `${base}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return { pointer, name: this.name(pointer) };
    });
    while (this.open.length > 0) {
      const [pointer, name] = this.open.shift();
      this.absent = this.common.has(pointer) ? undefined : this.other;
      this.definitions[name] = this.schema(this.at(pointer));
    }
    return { roots, definitions: this.definitions };
  }

  /** Returns the name of the schema at a pointer, and assigns one if it has none. */
  name(pointer) {
    if (!this.names.has(pointer)) {
      this.names.set(pointer, `s${this.names.size}`);
      this.open.push([pointer, this.names.get(pointer)]);
    }
    return this.names.get(pointer);
  }

  at(pointer) {
    const steps = pointer.split('/').slice(1);
    return steps.reduce((node, step) => node?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], this.document);
  }

  /** Returns the schema of a `$ref`, which allows any value if the target does not exist. */
  reference(ref) {
    let pointer = ref;
    try {
      pointer = decodeURIComponent(ref);
    } catch {
      // A percent sign without two digits is a literal character.
    }
    if (!pointer.startsWith('#/') || this.at(pointer) === undefined) return {};
    return { $ref: `#/$defs/${this.name(pointer)}` };
  }

  schema(node) {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return {};
    if (typeof node.$ref !== 'string') return this.nullable(node, this.keywords(node));
    const { $ref, ...rest } = node;
    const target = this.reference($ref);
    const beside = this.siblings ? this.keywords(rest) : marks(rest);
    return Object.keys(beside).length > 0 ? { allOf: [target, beside] } : target;
  }

  /** Returns whether a property, or its target, is absent in the requested direction. */
  isAbsent(node, steps = 8) {
    if (!this.absent || !isObject(node) || steps === 0) return false;
    const marks = [node.readOnly === true, node.writeOnly === true];
    if (marks[0] !== marks[1] && node[this.absent] === true) return true;
    return typeof node.$ref === 'string' && node.$ref.startsWith('#/') && this.isAbsent(this.at(node.$ref), steps - 1);
  }

  keywords(node) {
    const out = {};
    for (const [key, value] of Object.entries(node)) {
      if (PLAIN.has(key)) out[key] = value;
    }
    for (const key of SINGLE) {
      if (node[key] !== undefined && !Array.isArray(node[key])) out[key] = this.schema(node[key]);
    }
    for (const [most, least, enough] of LIMITS) {
      // A pattern already limits the length.
      if (out[most] > enough && !(most === 'maxLength' && node.pattern)) out[most] = Math.max(enough, out[least] ?? 0);
    }
    if (Array.isArray(node.items)) out.prefixItems = node.items.map(item => this.schema(item));
    for (const key of MANY) {
      if (!Array.isArray(node[key]) || node[key].length === 0) continue;
      const branches = key === 'oneOf' || key === 'anyOf';
      out[key] = node[key].map(item => (branches && !this.siblings && isNull(item) ? { type: 'null' } : this.schema(item)));
    }
    for (const key of NAMED) {
      if (!isObject(node[key])) continue;
      const entries = Object.entries(node[key]).filter(([, value]) => key !== 'properties' || !this.isAbsent(value));
      out[key] = Object.fromEntries(entries.map(([name, value]) => [name, this.schema(value)]));
    }
    if (Array.isArray(node.required)) {
      const required = new Set(node.required.filter(key => typeof key === 'string' && !this.isAbsent(node.properties?.[key])));
      if (required.size > 0) out.required = [...required];
    }
    if (Array.isArray(node.enum)) out.enum = node.enum;
    if (typeof node.pattern === 'string' && isPattern(node.pattern)) out.pattern = node.pattern;
    this.type(node, out);
    this.bounds(node, out);
    this.discriminator(node, out);
    return out;
  }

  type(node, out) {
    const types = [node.type].flat().filter(type => TYPES.has(type));
    if (types.length > 0) out.type = types.length > 1 ? types : types[0];
    else if (out.properties || out.additionalProperties !== undefined || out.required) out.type = 'object';
    else if (out.items !== undefined || out.prefixItems) out.type = 'array';
    if (typeof node.format === 'string') out.format = node.format === 'base64' ? 'byte' : node.format;
    else if (node.contentEncoding === 'base64') out.format = 'byte';
    else if (node.contentEncoding === 'base64url') out.format = 'base64url';
  }

  bounds(node, out) {
    for (const key of ['minimum', 'maximum']) {
      const exclusive = key === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
      if (typeof node[exclusive] === 'number') out[exclusive] = node[exclusive];
      if (typeof node[key] === 'number') out[node[exclusive] === true ? exclusive : key] = node[key];
    }
    const [least, most] = (out.type === 'integer' && BOUNDS[node.format]) || [];
    if (least !== undefined) {
      out.minimum = Math.max(least, out.minimum ?? least);
      out.maximum = Math.min(most, out.maximum ?? most);
    }
  }

  /** Adds the discriminator values to each branch. */
  discriminator(node, out) {
    const property = node.discriminator?.propertyName;
    const key = ['oneOf', 'anyOf'].find(key => out[key]);
    if (typeof property !== 'string' || !key) return;
    const mapping = Object.entries(node.discriminator.mapping ?? {});
    out[key] = out[key].map((branch, index) => {
      const ref = node[key][index]?.$ref;
      if (typeof ref !== 'string') return branch;
      const own = ref.split('/').at(-1);
      const tags = mapping.filter(([, to]) => to === ref || to === own).map(([tag]) => tag);
      // Without a mapping, a constant in the branch takes precedence over the name of its schema.
      const tag = tags.length === 0 && this.isListed(this.at(ref), property) ? {} : { enum: tags.length > 0 ? tags : [own] };
      return { allOf: [branch, { type: 'object', properties: { [property]: tag }, required: [property] }] };
    });
  }

  /** Returns whether a schema limits the values of a property. */
  isListed(node, property, steps = 8) {
    if (!isObject(node) || steps === 0) return false;
    const resolved = value => (typeof value?.$ref === 'string' && value.$ref.startsWith('#/') ? this.at(value.$ref) : value);
    const own = resolved(node.properties?.[property]);
    if (isObject(own) && (own.enum || own.const !== undefined)) return true;
    return [resolved(node) === node ? [] : resolved(node), node.allOf ?? []].flat().some(part => this.isListed(part, property, steps - 1));
  }

  nullable(node, out) {
    if ((node.nullable ?? node['x-nullable']) !== true || this.siblings) return out;
    if (out.type) {
      out.type = [...new Set([out.type, 'null'].flat())];
      if (out.enum && !out.enum.includes(null)) out.enum = [...out.enum, null];
      // A list of branches must allow the values that the type allows.
      for (const key of ['oneOf', 'anyOf']) if (out[key]) out[key].push({ type: 'null' });
      return out;
    }
    return Object.keys(out).length > 0 ? { anyOf: [out, { type: 'null' }] } : out;
  }
}

/** Keywords next to a `$ref` that documents use although the version does not define them. */
function marks({ readOnly, writeOnly }) {
  return { ...(readOnly === true && { readOnly }), ...(writeOnly === true && { writeOnly }) };
}

/** Returns whether a branch has only `nullable`. Documents mean null by it, although it allows any value in OpenAPI. */
function isNull(node) {
  return isObject(node) && node.nullable === true && Object.keys(node).every(key => key === 'nullable' || key === 'description');
}

function isPattern(pattern) {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
