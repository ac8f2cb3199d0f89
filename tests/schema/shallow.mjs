// Writes a document without the optional properties that lead to other objects, as JSON: node shallow.mjs IN OUT
//
// For programs that unfold all references, which is without end where schemas refer to each other in circles. What the schemas
// left allow, those of the document allow too; what is sent under the properties that are gone is not looked at.

import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const [from, to] = process.argv.slice(2);
const document = parse(readFileSync(from, 'utf8'), { logLevel: 'error', maxAliasCount: -1 });
const prefix = '#/components/schemas/';
const schemas = document.components?.schemas ?? {};

/** The component schemas that a node refers to, wherever inside. */
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
