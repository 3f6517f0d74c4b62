import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { TestRepository } from '../../../conformance/git';
import { Repositories, Source } from './repository';

describe('repositories', () => {
  let repository: TestRepository;
  let repositories: Repositories;
  let server: Server;
  let asked: (string | undefined)[];
  let url: string;

  beforeEach(async () => {
    asked = [];
    repository = new TestRepository();
    repositories = new Repositories();
    // Git's simplest way over HTTP: the files as they lie, behind a password.
    server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const wanted = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
      if (request.headers.authorization !== wanted) {
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
        return;
      }
      try {
        const path = normalize(new URL(request.url!, 'http://test').pathname);
        response.end(readFileSync(join(repository.folder, path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/.git`;
  });

  afterEach(async () => {
    await repositories.close();
    await new Promise(done => server.close(done));
    repository.remove();
  });

  const source = (repoURL: string, more: Partial<Source> = {}): Source => ({
    repoURL,
    path: 'shop',
    targetRevision: 'main',
    recurse: true,
    ...more,
  });

  const publish = () =>
    execFileSync('git', ['-C', repository.folder, 'update-server-info']);

  const read = async (
    from: Source,
    credentials?: { username: string; password: string },
  ) => {
    const { folder, commit } = await repositories.resolve(from, credentials);
    return repositories.read(folder, commit, from);
  };

  it('are read over HTTP with a password, and read anew', async () => {
    repository.commit({ 'shop/a.yaml': 'a: 1' });
    publish();
    const ada = { username: 'ada', password: 'secret' };
    expect(await read(source(url), ada)).toEqual([
      { path: 'shop/a.yaml', text: 'a: 1' },
    ]);
    repository.commit({ 'shop/a.yaml': 'a: 2' });
    publish();
    expect(await read(source(url), ada)).toEqual([
      { path: 'shop/a.yaml', text: 'a: 2' },
    ]);
  });

  it('that want another password are told without it', async () => {
    repository.commit({ 'shop/a.yaml': 'a: 1' });
    publish();
    const failure = await read(source(url), {
      username: 'ada',
      password: 'canary-3f9',
    }).catch((error: Error) => error.message);
    expect(failure).toContain(`failed to fetch ${url}`);
    expect(failure).not.toContain('canary');
  });

  it('are read at a branch, a tag or a commit, never beyond their path', async () => {
    const first = repository.commit({
      'shop/a.yaml': 'a: 1',
      'shopping/b.yaml': 'b: 1',
      'c.yaml': 'c: 1',
    });
    repository.commit({ 'shop/a.yaml': 'a: 2' });
    execFileSync('git', ['-C', repository.folder, 'tag', 'v1', first]);
    const texts = async (targetRevision: string) =>
      (await read(source(repository.folder, { targetRevision }))).map(
        one => one.text,
      );
    expect(await texts('main')).toEqual(['a: 2']);
    expect(await texts('HEAD')).toEqual(['a: 2']);
    expect(await texts('v1')).toEqual(['a: 1']);
    expect(await texts(first)).toEqual(['a: 1']);
    expect(await texts(first.slice(0, 8))).toEqual(['a: 1']);
  });

  it('give names and texts that are not plain', async () => {
    repository.commit({
      'shop/größe mit leer.yaml': 'a: "ü\\n"',
      'shop/[x]*.json': '{}',
      'shop/read.me': 'no',
    });
    const files = await read(source(`file://${repository.folder}`));
    expect(files.map(one => one.path).sort()).toEqual([
      'shop/[x]*.json',
      'shop/größe mit leer.yaml',
    ]);
    expect(files.find(one => one.path.endsWith('.yaml'))!.text).toBe(
      'a: "ü\\n"',
    );
  });
});
