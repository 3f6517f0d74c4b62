import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { literalsIn } from './__testUtils__/literals';

/**
 * Files whose strings don't go through the translation yet, with how many there are. A file that isn't here has none, and
 * may not get any; the list only gets shorter.
 */
const NOT_YET: Record<string, number> = {};

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.tsx') && !/\.test\.tsx$/.test(file))
  .filter(file => !file.includes('__testUtils__'))
  .sort();

const found = Object.fromEntries(
  files.map(file => [
    file,
    literalsIn(readFileSync(join(__dirname, file), 'utf8'), file),
  ]),
);

describe('strings in the source that people see', () => {
  it('are found between tags, in attributes that are read, and behind conditions', () => {
    const source = `
      const A = (p: { late: boolean; n: number }) => (
        <Panel title="Drift" id="drift" aria-label={\`Drift of \${p.n} fields\`}>
          Nothing differs. {p.late ? 'Last known' : t('drift.live')} {p.n} × <b>·</b>
        </Panel>
      );`;
    expect(literalsIn(source).map(({ text }) => text)).toEqual([
      'Drift',
      'Drift of … fields',
      'Nothing differs.',
      'Last known',
    ]);
  });

  it('go through the translation', () => {
    const wrong = Object.entries(found)
      .filter(([file, literals]) => literals.length > (NOT_YET[file] ?? 0))
      .flatMap(([file, literals]) =>
        literals.map(({ line, text }) => `${file}:${line} ${text}`),
      );
    expect(wrong).toEqual([]);
  });

  it('are taken off the list once they do', () => {
    const paid = Object.entries(NOT_YET).filter(
      ([file, allowed]) => (found[file]?.length ?? 0) < allowed,
    );
    expect(paid).toEqual([]);
  });
});
