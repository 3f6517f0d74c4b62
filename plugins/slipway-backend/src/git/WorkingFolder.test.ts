import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WorkingFolder } from './WorkingFolder';

describe('WorkingFolder', () => {
  let root: string;
  let folder: WorkingFolder;
  const at = (file: string) => path.join(root, file);
  const file = (name: string, content: string) => ({ path: name, content });

  beforeEach(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-folder-'));
    folder = WorkingFolder.at(root);
  });
  afterEach(() => fs.rm(root, { recursive: true, force: true }));

  it('makes a folder hold exactly the files, and leaves everything beside it', async () => {
    await fs.mkdir(at('.git'));
    await fs.writeFile(at('.git/HEAD'), 'ref: refs/heads/main\n');
    await folder.write('a/b', [
      file('a/b/x.yaml', '1'),
      file('a/b/c/y.yaml', '2'),
    ]);
    await folder.write('a/d', [file('a/d/z.yaml', '3')]);
    await folder.write('a/b', [file('a/b/x.yaml', '4')]);
    expect(await folder.read('a/b')).toEqual([file('a/b/x.yaml', '4')]);
    expect(await folder.read('a/d')).toEqual([file('a/d/z.yaml', '3')]);
    await expect(fs.access(at('a/b/c'))).rejects.toThrow(/ENOENT/);
    expect(await fs.readFile(at('.git/HEAD'), 'utf8')).toContain('main');
  });

  it('removes the folder with what it was in, up to where something else begins', async () => {
    await folder.write('a/b', [file('a/b/x.yaml', '1')]);
    await folder.write('a/d', [file('a/d/z.yaml', '3')]);
    await folder.write('a/b', []);
    expect(await fs.readdir(at('a'))).toEqual(['d']);
    await folder.write('a/d', []);
    expect(await fs.readdir(root)).toEqual([]);
  });

  it('touches no file that is as it should be', async () => {
    await folder.write('a', [file('a/x.yaml', '1'), file('a/y.yaml', '1')]);
    const before = await fs.stat(at('a/x.yaml'));
    await folder.write('a', [file('a/x.yaml', '1'), file('a/y.yaml', '2')]);
    const after = await fs.stat(at('a/x.yaml'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  it('clears away what an ended process left half-written', async () => {
    await folder.write('a', [file('a/x.yaml', '1')]);
    await fs.writeFile(at('a/x.yaml.0.slipway-tmp'), 'half');
    await folder.write('a', [file('a/x.yaml', '1')]);
    expect(await folder.read('a')).toEqual([file('a/x.yaml', '1')]);
  });

  it('never follows a link out of the tree', async () => {
    const outside = await fs.mkdtemp(path.join(os.tmpdir(), 'slipway-out-'));
    await fs.writeFile(path.join(outside, 'x.yaml'), 'theirs');
    await fs.symlink(outside, at('a'));
    await expect(
      folder.write('a/b', [file('a/b/x.yaml', '1')]),
    ).rejects.toThrow(/"a" in .* is a link where a folder is needed/);
    await fs.mkdir(at('c'));
    await fs.symlink(path.join(outside, 'x.yaml'), at('c/x.yaml'));
    expect(await folder.read('c')).toEqual([
      { path: 'c/x.yaml', content: '', omitted: 'not-a-file' },
    ]);
    await folder.write('c', [file('c/x.yaml', 'ours')]);
    expect(await fs.readFile(path.join(outside, 'x.yaml'), 'utf8')).toBe(
      'theirs',
    );
    expect(await folder.read('c')).toEqual([file('c/x.yaml', 'ours')]);
    await fs.rm(outside, { recursive: true });
  });

  it.each(['../a', '/etc', 'a/.git'])('refuses the folder %s', async bad => {
    await expect(folder.read(bad)).rejects.toThrow(/can't be used/);
    await expect(folder.write('a', [file(bad, '1')])).rejects.toThrow(
      /can't be used/,
    );
  });
});
