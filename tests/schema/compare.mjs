// Says of each instance what became of it, and prints the tables.
//
// usage: node compare.mjs head                        the head of the table
//        node compare.mjs reader SDK SOURCE           the program that reads and writes, for the types of an SDK
//        node compare.mjs results DOCUMENT SDK LOG    the row of a document, from LOG.instances and LOG.results; writes LOG.json
//        node compare.mjs failed NAME REASON          the row of a document without results
//        node compare.mjs classes FOLDER              what is not the same, of all documents, by class

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from './document.mjs';
import { differences } from './differences.mjs';

const COLUMNS = ['Document', 'Schemas', 'Instances', 'Same', 'Not read', 'Different', 'Unlisted values', 'Unlisted properties', ''];

const row = cells => console.log(`| ${cells.join(' | ')} |`);
const lines = path => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));

function head() {
  row(COLUMNS);
  row(COLUMNS.map((_, index) => (index === 0 || index === COLUMNS.length - 1 ? '---' : '---:')));
}

/** The program, with the types of the manifest. */
function reader(sdk, source) {
  const { schemas } = JSON.parse(readFileSync(join(sdk, 'sdk-manifest.json'), 'utf8'));
  const limit = readFileSync(join(sdk, 'src/lib.rs'), 'utf8').match(/^#!\[recursion_limit.*\n/m)?.[0] ?? '';
  const trips = schemas.map(({ pointer, rust }) => `    (${JSON.stringify(pointer)}, trip::<${rust}>),\n`);
  const program = readFileSync(source, 'utf8').replace('    // The schemas.\n', () => trips.join(''));
  console.log(program.replace('// The limit.\n', () => limit));
}

/** What an error says, without what differs from instance to instance. */
function shape(error) {
  return error.replace(/`[^`]*`|"[^"]*"/g, '…').replace(/\d+/g, 'n').replace(/ at [^ ]*$/, '');
}

async function results(document, sdk, log) {
  const schemas = await load(document, join(sdk, 'sdk-manifest.json'));
  const known = new Map(schemas.map(schema => [schema.pointer, schema]));
  const made = JSON.parse(readFileSync(`${log}.made`, 'utf8'));
  const outcomes = lines(`${log}.results`);
  const sums = { valid: { same: 0, unread: 0, different: 0 }, extra: { same: 0, unread: 0, different: 0 }, unlisted: { same: 0, unread: 0, different: 0 } };
  const found = [];
  lines(`${log}.instances`).forEach(({ pointer, kind, value }, index) => {
    const { same, error } = outcomes[index];
    const note = (sum, classes) => {
      sums[kind][sum] += 1;
      if (classes.length > 0) found.push({ pointer, kind, classes, value, ...outcomes[index] });
    };
    if (error !== undefined) return note('unread', [{ class: `not read: ${shape(error)}`, path: '' }]);
    const { definitions, name, validator: isValid } = known.get(pointer);
    const differing = differences(definitions, name, value, same).filter(({ path }) => kind !== 'extra' || path !== '/x-unlisted');
    if (kind === 'valid' && !isValid(same)) differing.push({ class: 'not valid when written', path: isValid.errors[0].instancePath, reason: isValid.errors[0].message });
    note(differing.length > 0 ? 'different' : 'same', differing);
  });
  writeFileSync(`${log}.json`, JSON.stringify({ made, sums, found }, undefined, 1));
  const { valid, extra, unlisted } = sums;
  const of = ({ same, unread, different }) => `${same} of ${same + unread + different}`;
  const without = made.without.length > 0 ? `no instance of ${made.without.length} schemas` : '';
  row([basename(log), made.schemas, made.valid, valid.same, valid.unread, valid.different, of(unlisted), of(extra), without]);
}

function classes(folder) {
  const sums = new Map();
  for (const file of readdirSync(folder).filter(file => file.endsWith('.json'))) {
    for (const { kind, pointer, classes } of JSON.parse(readFileSync(join(folder, file), 'utf8')).found) {
      for (const name of new Set(classes.map(one => `${kind}: ${one.class}`))) {
        const sum = sums.get(name) ?? { count: 0, schemas: new Set() };
        sum.count += 1;
        sum.schemas.add(`${basename(file, '.json')} ${pointer}`);
        sums.set(name, sum);
      }
    }
  }
  console.log('\n| Class | Instances | Schemas | For example |\n| --- | ---: | ---: | --- |');
  const sorted = [...sums].sort(([, one], [, other]) => other.count - one.count);
  for (const [name, { count, schemas }] of sorted) row([name, count, schemas.size, [...schemas][0]]);
}

const [command, ...rest] = process.argv.slice(2);
const commands = {
  head,
  reader,
  results,
  classes,
  failed: (name, reason) => row([name, '', '', '', '', '', '', '', reason]),
};
await commands[command](...rest);
