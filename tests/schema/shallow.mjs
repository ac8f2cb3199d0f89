// Writes a document without its optional properties that refer to other objects, as JSON: node shallow.mjs IN OUT [cycles]
//
// For programs that expand all references and do not support reference cycles. With `cycles`, only the optional properties that are part
// of a reference cycle are removed. References to files that do not exist, to URLs and to missing components are removed in any case.
// Every value of the result is also valid in the document. What is removed is not checked.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

const [from, to, only] = process.argv.slice(2);
const document = parse(readFileSync(from, 'utf8'), { logLevel: 'error', maxAliasCount: -1 });
const prefix = '#/components/schemas/';
const schemas = document.components?.schemas ?? {};

const isNode = node => typeof node === 'object' && node !== null;

/** Returns the node of a local reference. */
function target(reference) {
  const keys = decodeURIComponent(reference.slice(2)).split('/');
  return keys.reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

function isMissing(reference) {
  if (reference.startsWith('#')) return target(reference) === undefined;
  return /^https?:/.test(reference) || !existsSync(resolve(dirname(from), reference.split('#')[0]));
}

function removeMissing(node) {
  if (!isNode(node)) return;
  if (typeof node.$ref === 'string' && isMissing(node.$ref)) delete node.$ref;
  Object.values(node).forEach(removeMissing);
}

/** Returns the component schemas that a node refers to. */
function references(node) {
  if (!isNode(node)) return [];
  const own = typeof node.$ref === 'string' && node.$ref.startsWith(prefix) ? [node.$ref.slice(prefix.length)] : [];
  return [...own, ...Object.values(node).flatMap(references)];
}

/** Returns whether a node refers to a component schema, directly or through others. */
function leadsTo(node, name, seen = new Set()) {
  return references(node).some(next => {
    if (next === name) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return leadsTo(schemas[next], name, seen);
  });
}

const isObject = name => schemas[name]?.type === 'object' || schemas[name]?.properties !== undefined;

/** Removes optional properties of a schema, and, with `cycles`, of the schemas inside it. */
function shorten(name, schema) {
  if (!isNode(schema)) return;
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const isRequired = Array.isArray(schema.required) && schema.required.includes(key);
    const isRemoved = only === 'cycles' ? leadsTo(property, name) : references(property).some(isObject);
    if (!isRequired && isRemoved) delete schema.properties[key];
  }
  if (only === 'cycles') Object.values(schema).forEach(inner => shorten(name, inner));
}

removeMissing(document);
Object.entries(schemas).forEach(([name, schema]) => shorten(name, schema));
writeFileSync(to, JSON.stringify(document));
