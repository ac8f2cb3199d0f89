// Finds the differences between an instance and the value that was written for it, by class.
//
// Values are equal if they mean the same: numbers by value, timestamps by instant, UUIDs in any case. Everything else is a difference,
// with its pointer and the schemas at that position.

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Returns the differences, each with its class and pointer. */
export function differences(definitions, name, before, after) {
  const found = [];
  compare(before, after, '', [{ $ref: `#/$defs/${name}` }]);
  return found;

  function compare(one, other, path, schemas) {
    if (Array.isArray(one) && Array.isArray(other)) {
      if (one.length !== other.length) return note('an array of another length', path, schemas, one, other);
      return one.forEach((item, index) => compare(item, other[index], `${path}/${index}`, inside(definitions, schemas, index)));
    }
    if (isObject(one) && isObject(other)) return compareObjects(one, other, path, schemas);
    if (one === other || (typeof one === 'string' && typeof other === 'string' && isAlike(one, other))) return undefined;
    if (typeof one === 'number' && Math.fround(one) === Math.fround(other)) {
      const isShort = flat(definitions, schemas).some(schema => schema.format === 'float');
      return note(isShort ? 'a number rounded to 32 bits' : 'the last digit of a number', path, schemas, one, other);
    }
    return note(typeof one === typeof other ? `another ${typeof one}` : `${kind(one)} became ${kind(other)}`, path, schemas, one, other);
  }

  function compareObjects(one, other, path, schemas) {
    for (const key of Object.keys(one)) {
      const [at, below] = [`${path}/${key}`, inside(definitions, schemas, key)];
      if (Object.hasOwn(other, key)) compare(one[key], other[key], at, below);
      else note(lost(one[key], below), at, below, one[key]);
    }
    for (const key of Object.keys(other)) {
      if (!Object.hasOwn(one, key)) note('a property came in', `${path}/${key}`, schemas, undefined, other[key]);
    }
  }

  function note(name, path, schemas, one, other) {
    found.push({ class: name, path, before: one, after: other });
  }

  function lost(value, schemas) {
    const own = flat(definitions, schemas);
    if (own.length === 0) return 'lost: not described';
    if (own.some(schema => schema.readOnly === true)) return 'lost: readOnly';
    if (own.some(schema => schema.writeOnly === true)) return 'lost: writeOnly';
    return value === null ? 'lost: a null' : 'lost: described';
  }
}

const kind = value => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Returns whether two strings are the same instant or the same UUID. */
function isAlike(one, other) {
  const moments = [one, other].map(text => (/^\d{4}-\d\d-\d\d[Tt ]/.test(text) ? Date.parse(text) : NaN));
  return moments[0] === moments[1] || (/^[0-9a-fA-F-]{36}$/.test(one) && one.toLowerCase() === other.toLowerCase());
}

/** Returns the schemas and their subschemas, without references. */
function flat(definitions, schemas, seen = new Set()) {
  return schemas.flatMap(schema => {
    if (!isObject(schema) || seen.has(schema)) return [];
    seen.add(schema);
    const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
    if (schema.$ref) parts.push(definitions[schema.$ref.split('/').at(-1)]);
    return [schema, ...flat(definitions, parts, seen)];
  });
}

/** Returns the schemas of the value at a key or an index. */
function inside(definitions, schemas, key) {
  return flat(definitions, schemas).flatMap(schema => {
    if (typeof key === 'number') return [schema.prefixItems?.[key] ?? schema.items].filter(isObject);
    const own = schema.properties?.[key];
    return [own ?? schema.additionalProperties].filter(value => isObject(value));
  });
}
