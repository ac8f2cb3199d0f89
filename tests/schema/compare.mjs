// Reports the result of each instance and prints the tables.
//
// usage: node compare.mjs head                        the head of the table
//        node compare.mjs reader SDK SOURCE           the program that reads and writes the types of an SDK
//        node compare.mjs results DOCUMENT SDK LOG    the row of a document, from LOG.instances and LOG.results; writes LOG.json
//        node compare.mjs failed NAME REASON          the row of a document without results
//        node compare.mjs classes FOLDER              the row of all documents, and the differences by class

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { load } from './document.mjs';
import { differences } from './differences.mjs';

const COLUMNS = ['Document', 'Schemas', 'Instances', 'Same', 'Not read', 'Different', 'Unlisted values', 'Unlisted properties', 'Variants of unions', ''];

const row = cells => console.log(`| ${cells.join(' | ')} |`);
const lines = path => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));

function head() {
  row(COLUMNS);
  row(COLUMNS.map((_, index) => (index === 0 || index === COLUMNS.length - 1 ? '---' : '---:')));
}

/** Prints the program with the types of the manifest. */
function reader(sdk, source) {
  const { schemas } = JSON.parse(readFileSync(join(sdk, 'sdk-manifest.json'), 'utf8'));
  const limit = readFileSync(join(sdk, 'src/lib.rs'), 'utf8').match(/^#!\[recursion_limit.*\n/m)?.[0] ?? '';
  const mutate = ({ rust, received }) => (received ? `Some(mutations::check::<${rust}>)` : 'None');
  const trips = schemas.map(schema => `    (${JSON.stringify(schema.pointer)}, trip::<${schema.rust}>, ${mutate(schema)}),\n`);
  const program = readFileSync(source, 'utf8').replace('    // The schemas.\n', () => trips.join(''));
  console.log(program.replace('// The limit.\n', () => limit));
}

/** Returns the text of an error without the parts that differ between instances. */
function shape(error) {
  return error.replace(/`[^`]*`|"[^"]*"/g, '…').replace(/\d+/g, 'n').replace(/ at [^ ]*$/, '');
}

async function results(document, sdk, log) {
  const schemas = await load(document, join(sdk, 'sdk-manifest.json'));
  const known = new Map(schemas.map(schema => [schema.pointer, schema]));
  const made = JSON.parse(readFileSync(`${log}.made`, 'utf8'));
  const outcomes = lines(`${log}.results`);
  const sums = { valid: { same: 0, unread: 0, different: 0 }, extra: { same: 0, unread: 0, different: 0 }, unlisted: { same: 0, unread: 0, different: 0 }, variant: { same: 0, unread: 0, different: 0 } };
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
  const { valid, extra, unlisted, variant } = sums;
  const of = ({ same, unread, different }) => `${same} of ${same + unread + different}`;
  const rest = missing(made.without.length);
  row([basename(log), made.schemas, made.valid, valid.same, valid.unread, valid.different, of(unlisted), of(extra), of(variant), rest]);
}

/** Prints the row of all documents and their differences. */
function classes(folder) {
  const found = new Map();
  const all = { schemas: 0, without: 0, valid: [0, 0, 0], unlisted: [0, 0, 0], extra: [0, 0, 0], variant: [0, 0, 0] };
  for (const file of readdirSync(folder).filter(file => file.endsWith('.json'))) {
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    all.schemas += document.made.schemas;
    all.without += document.made.without.length;
    for (const kind of ['valid', 'unlisted', 'extra', 'variant']) {
      const { same, unread, different } = document.sums[kind];
      all[kind] = all[kind].map((sum, index) => sum + [same, unread, different][index]);
    }
    for (const { kind, pointer, classes } of document.found) {
      for (const name of new Set(classes.map(one => `${kind}: ${one.class}`))) {
        const entry = found.get(name) ?? { count: 0, schemas: new Set() };
        entry.count += 1;
        entry.schemas.add(`${basename(file, '.json')} ${pointer}`);
        found.set(name, entry);
      }
    }
  }
  const of = counts => `${counts[0]} of ${sum(counts)}`;
  row(['all', all.schemas, sum(all.valid), ...all.valid, of(all.unlisted), of(all.extra), of(all.variant), missing(all.without)]);
  if (found.size === 0) return;
  console.log('\n| Class | Instances | Schemas | For example |\n| --- | ---: | ---: | --- |');
  const sorted = [...found].sort(([, one], [, other]) => other.count - one.count);
  for (const [name, { count, schemas }] of sorted) row([name, count, schemas.size, [...schemas][0]]);
}

const missing = count => (count > 0 ? `no instance of ${count} schemas` : '');
const sum = counts => counts.reduce((one, other) => one + other, 0);

const [command, ...rest] = process.argv.slice(2);
const commands = {
  head,
  reader,
  results,
  classes,
  failed: (name, reason) => row([name, '', '', '', '', '', '', '', '', reason]),
};
await commands[command](...rest);
