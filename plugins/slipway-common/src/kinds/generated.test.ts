import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../../scripts/files';

/** Made by packages/dev, from the OpenAPI document. */
const MADE_ELSEWHERE = ['docs/reference/api.md'];

const ROOT = join(__dirname, '..', '..', '..', '..');

describe('generated files', () => {
  const files = generatedFiles();

  it.each([...files.keys()])('%s is current', path => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(files.get(path));
  });

  it.each(['infra/crds', 'docs/reference'])('nothing else is in %s', folder => {
    expect(
      readdirSync(join(ROOT, folder))
        .map(name => `${folder}/${name}`)
        .filter(path => !MADE_ELSEWHERE.includes(path))
        .sort(),
    ).toEqual(
      [...files.keys()].filter(path => path.startsWith(`${folder}/`)).sort(),
    );
  });
});
