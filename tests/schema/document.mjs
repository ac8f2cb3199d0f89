// Reads a document, and makes a validator of each of its component schemas.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { parse } from 'yaml';
import { translate } from './translate.mjs';

/**
 * The component schemas of a document in JSON Schema's words, as they hold in the directions in which the SDK's manifest says that
 * they travel: each with its pointer, the name of its definition, all definitions, and `validator`, a function or why there is none.
 */
export async function load(path, manifest) {
  const text = readFileSync(path, 'utf8');
  // What refers to other files is made one; all else is taken as it is, since bundling moves schemas.
  const document = /\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text)
    ? await $RefParser.bundle(path, { continueOnError: true }).catch(error => error.files.schema)
    : parse(text, { logLevel: 'error', maxAliasCount: -1 });
  const { schemas } = JSON.parse(readFileSync(manifest, 'utf8'));
  const types = new Map(schemas.map(schema => [schema.pointer, schema]));
  const ways = new Map(['both', 'sent', 'received'].map(way => [way, direction(document, way)]));
  return ways.get('both').roots.map(({ pointer, name }) => {
    const { sent, received } = types.get(pointer) ?? {};
    const { definitions, validator } = ways.get(sent === received ? 'both' : sent ? 'sent' : 'received');
    return { pointer, name, definitions, validator: validator(name) };
  });
}

/** The schemas as they hold in one direction. */
function direction(document, way) {
  const { roots, definitions } = translate(document, way);
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
