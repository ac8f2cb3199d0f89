// Reads a document and creates a validator for each of its component schemas.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { parse } from 'yaml';
import { translate } from './translate.mjs';

/**
 * Returns the component schemas of a document as JSON Schema, for the directions that the manifest of the SDK lists: each with its
 * pointer, the name of its definition, all definitions, and `validator`, which is a function or the reason why it is missing.
 */
export async function load(path, manifest) {
  const text = readFileSync(path, 'utf8');
  // Only documents in several files are bundled, because bundling moves schemas.
  const document = /\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text)
    ? await $RefParser.bundle(path, { continueOnError: true }).catch(error => error.files.schema)
    : parse(text, { logLevel: 'error', maxAliasCount: -1 });
  const { schemas } = JSON.parse(readFileSync(manifest, 'utf8'));
  const types = new Map(schemas.map(schema => [schema.pointer, schema]));
  const common = new Set(schemas.filter(({ sent, received }) => sent === received).map(({ pointer }) => pointer));
  const ways = new Map(['both', 'sent', 'received'].map(way => [way, direction(document, way, common)]));
  // Schemas that no operation uses have no type.
  const roots = ways.get('both').roots.filter(({ pointer }) => types.has(pointer));
  return roots.map(({ pointer, name }) => {
    const { sent, received } = types.get(pointer);
    const { definitions, validator } = ways.get(sent === received ? 'both' : sent ? 'sent' : 'received');
    return { pointer, name, definitions, validator: validator(name) };
  });
}

/** Returns the schemas for one direction. */
function direction(document, way, common) {
  const { roots, definitions } = translate(document, way, common);
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, unicodeRegExp: false });
  addFormats(ajv);
  ajv.addSchema({ $defs: definitions }, 'document');
  const validator = name => {
    try {
      return ajv.getSchema(`document#/$defs/${name}`);
    } catch (error) {
      return error.message;
    }
  };
  return { roots, definitions, validator };
}
