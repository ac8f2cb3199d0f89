// Writes a document without its optional properties that refer to other objects, as JSON: node shallow.mjs IN OUT
//
// For programs that expand all references and do not support reference cycles. Every value of the result is also valid in the document.
// The removed properties are not checked.

import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [from, to] = process.argv.slice(2);
const document = parse(readFileSync(from, 'utf8'), { logLevel: 'error', maxAliasCount: -1 });
const prefix = '#/components/schemas/';
const schemas = document.components?.schemas ?? {};

/** Returns the component schemas that a node refers to at any depth. */
function references(node) {
  if (typeof node !== 'object' || node === null) return [];
  const own = typeof node.$ref === 'string' && node.$ref.startsWith(prefix) ? [node.$ref.slice(prefix.length)] : [];
  return [...own, ...Object.values(node).flatMap(references)];
}

const isObject = name => schemas[name]?.type === 'object' || schemas[name]?.properties !== undefined;

for (const schema of Object.values(schemas)) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const isRequired = (schema.required ?? []).includes(name);
    if (!isRequired && references(property).some(isObject)) delete schema.properties[name];
  }
}

writeFileSync(to, JSON.stringify(document));
