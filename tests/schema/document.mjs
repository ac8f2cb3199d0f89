// Reads a document, and makes a validator of its component schemas.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { parse } from 'yaml';
import { translate } from './translate.mjs';

/** The component schemas of a document in JSON Schema's words, and what checks values by them. */
export async function load(path) {
  const text = readFileSync(path, 'utf8');
  // What refers to other files is made one; all else is taken as it is, since bundling moves schemas.
  const document = /\$ref["']?\s*:\s*["']?[^#"'\s]/.test(text)
    ? await $RefParser.bundle(path, { continueOnError: true }).catch(error => error.files.schema)
    : parse(text, { logLevel: 'error', maxAliasCount: -1 });
  const { roots, definitions } = translate(document);
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, unicodeRegExp: false });
  addFormats(ajv);
  ajv.addSchema({ $defs: definitions }, 'document');
  /** The validator of a definition, or why there is none. */
  const validator = name => {
    try {
      return ajv.getSchema(`document#/$defs/${name}`);
    } catch (error) {
      return error.message;
    }
  };
  return { roots, definitions, validator };
}
