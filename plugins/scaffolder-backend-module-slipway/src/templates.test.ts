import type { Entity } from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { parseFile } from '@slipway/plugin-slipway-common';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import {
  startScaffolder,
  templateEntity,
  TEMPLATES,
} from './__testUtils__/startScaffolder';
import { form, ORGANIZATION } from './__testUtils__/serviceForm';

const SPEC = 'organizations/shop/services/checkout.yaml';
const BINDING = 'organizations/shop/bindings/checkout.yaml';

describe('the templates', () => {
  jest.setTimeout(60_000);
  const names = readdirSync(TEMPLATES, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name);
  let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;

  beforeAll(async () => {
    scaffolder = await startScaffolder(names);
  });
  afterAll(() => scaffolder.stop());
  beforeEach(() => {
    scaffolder.slipway.files.clear();
    scaffolder.slipway.files.set(
      'organizations/shop/organization.yaml',
      ORGANIZATION,
    );
    scaffolder.slipway.changes.clear();
    scaffolder.slipway.requests.length = 0;
  });
  const changes = () =>
    [...scaffolder.slipway.changes.values()].map(({ body }) => body);

  it.each(names)('%s is a valid template that all.yaml lists', async name => {
    expect(
      await templateEntityV1beta3Validator.check(templateEntity(name)),
    ).toBe(true);
    const all = parse(readFileSync(resolve(TEMPLATES, 'all.yaml'), 'utf8'));
    expect(all.spec.targets).toContain(`./${name}/template.yaml`);
  });

  describe('onboard-repository', () => {
    const { workloads, databases, ...rest } = {
      databases: [
        { name: 'db', engine: 'postgres', version: '16', size: '1Gi' },
      ],
      ...form,
    };
    const onboarding = {
      ...rest,
      repository: {
        host: 'git.example.com',
        integration: 'gitea',
        owner: 'shop-code',
        name: 'Checkout.App',
        branch: 'trunk',
        archived: false,
      },
      firstSpec: { of: '', workloads, databases },
      pipelineTemplate: 'node',
    };

    it('opens one change request with the first spec and the binding of the repository', async () => {
      const { status, log } = await scaffolder.run('onboard-repository', {
        ...onboarding,
        organizationIs: 'existing',
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      const [change] = changes();
      expect(change.skeleton).toBeUndefined();
      expect(change.files.map(({ path }) => path)).toEqual([BINDING, SPEC]);
      for (const { path, content = '' } of change.files)
        expect(parseFile(content, { path }).problems).toEqual([]);
      const [binding, spec] = change.files.map(({ content }) =>
        parse(content!),
      );
      expect(binding.spec.repository).toEqual({
        owner: 'shop-code',
        name: 'Checkout.App',
        branch: 'trunk',
      });
      expect(spec.spec.databases).toEqual(databases);
    });

    it('makes the organization in the same change request where it is new', async () => {
      scaffolder.slipway.files.clear();
      const { status, log } = await scaffolder.run('onboard-repository', {
        ...onboarding,
        organizationIs: 'new',
        newOrganization: {
          displayName: 'Shop',
          owner: 'group:default/payments',
          registry: 'registry.example.com/shop',
          webhookDomain: 'hooks.example.com',
          pipelineEngine: 'tekton',
          secretStore: 'kubernetes',
        },
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      const [{ files }] = changes();
      const path = 'organizations/shop/organization.yaml';
      expect(files.map(file => file.path).sort()).toEqual([
        BINDING,
        path,
        SPEC,
      ]);
      const { content = '' } = files.find(file => file.path === path)!;
      expect(parse(content).spec.gitHost).toEqual({
        integration: 'gitea',
        namespace: 'shop-code',
      });
      expect(parseFile(content, { path }).problems).toEqual([]);
    });
  });

  describe('new-service', () => {
    it('opens one change request with ServiceSpec, RepoBinding and code, and links to it', async () => {
      const { status, log, output } = await scaffolder.run('new-service', {
        ...form,
        skeleton: 'node',
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      expect(output?.links).toEqual([
        {
          title: 'Change request #1',
          icon: 'catalog',
          url: '/slipway/change-requests/change-1',
        },
      ]);
      expect(output?.text?.[0].content).toBe(scaffolder.slipway.plan.headline);

      const [change] = changes();
      expect(change).toMatchObject({
        subject: 'service/shop/checkout',
        title: 'Add the service shop/checkout',
        description: form.description,
        skeleton: { repository: 'shop-code/checkout', branch: 'main' },
      });
      expect(change.files.map(({ path }) => path)).toEqual([BINDING, SPEC]);
      for (const { path, content = '' } of change.files) {
        expect(parseFile(content, { path }).problems).toEqual([]);
      }
      const [{ body }] = scaffolder.slipway.seen('POST /v1alpha1/plans');
      expect(body).toEqual({ files: change.files });
    });

    it('updates the open change request when it is run again', async () => {
      await scaffolder.run('new-service', { ...form, skeleton: 'node' });
      await scaffolder.run('new-service', { ...form, skeleton: 'go' });
      expect(changes()).toHaveLength(1);
      expect(changes()[0].skeleton?.files.map(({ path }) => path)).toContain(
        'go.mod',
      );
    });

    it('opens nothing when the spec is wrong, and tells every problem', async () => {
      const { status, log } = await scaffolder.run('new-service', {
        ...form,
        skeleton: 'node',
        workloads: [{ ...form.workloads[0], port: 99999 }],
      });
      expect(status).toBe('failed');
      expect(log).toContain(
        "The ServiceSpec checkout can't be written as it is:",
      );
      expect(log).toContain('spec.workloads[0].port');
      expect(changes()).toEqual([]);
    });

    it('changes nothing in a dry run', async () => {
      const { id: _id, ...template } = templateEntity(
        'new-service',
      ) as Entity & { id?: string };
      const skeleton = resolve(TEMPLATES, 'new-service/skeleton/node');
      const directoryContents = readdirSync(skeleton, {
        recursive: true,
        withFileTypes: true,
      })
        .filter(entry => entry.isFile())
        .map(({ parentPath, name }) => {
          const path = resolve(parentPath, name);
          return {
            path: path.slice(resolve(TEMPLATES, 'new-service').length + 1),
            base64Content: readFileSync(path).toString('base64'),
          };
        });
      const result = await scaffolder.call('/v2/dry-run', {
        template,
        values: { ...form, skeleton: 'node' },
        directoryContents,
      });
      expect(changes()).toEqual([]);
      const paths = result.directoryContents.map(
        ({ path }: { path: string }) => path,
      );
      expect(paths).toEqual(
        expect.arrayContaining([`platform/${SPEC}`, 'code/src/server.js']),
      );
      expect(JSON.stringify(result.log)).toContain(
        'Nothing was opened: this is a dry run.',
      );
    });
  });

  describe('edit-service', () => {
    it('changes what was filled in, and nothing else', async () => {
      const before = `# Ours.
apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: checkout }
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image: { repository: registry.example.com/shop/checkout }
      resources:
        cpu: 100m # measured
        memory: 128Mi
`;
      scaffolder.slipway.files.set(SPEC, before);
      const { status, log } = await scaffolder.run('edit-service', {
        organization: 'shop',
        name: 'checkout',
        workload: 'web',
        memory: '256Mi',
        reason: 'It was killed twice.',
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      expect(changes()).toEqual([
        expect.objectContaining({
          subject: 'service/shop/checkout',
          files: [{ path: SPEC, content: before.replace('128Mi', '256Mi') }],
        }),
      ]);
    });
  });

  describe('day two', () => {
    const FILE = `# Ours.
apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata: { name: checkout }
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image: { repository: registry.example.com/shop/checkout }
      port: 8080 # of old
      resources: { cpu: 100m, memory: 128Mi }
  environments:
    - name: staging # everybody's
      class: shared-staging
`;
    const values = { organization: 'shop', name: 'checkout', reason: 'Asked.' };
    const linesOf = (text: string) => text.split('\n');
    /** What a template does to the file: nothing goes, and these lines come. */
    async function added(template: string, more: object): Promise<string[]> {
      scaffolder.slipway.files.set(SPEC, FILE);
      const { status, log } = await scaffolder.run(template, {
        ...values,
        ...more,
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      const [{ files }] = changes();
      const after = linesOf(files[0].content!);
      const kept = linesOf(FILE);
      expect(after.filter(line => kept.includes(line))).toEqual(kept);
      return after.filter(line => !kept.includes(line));
    }

    it('adds a database, and lets the workload reach it', async () => {
      expect(
        await added('add-database', {
          database: 'db',
          engine: 'postgres',
          version: '17',
          size: '5Gi',
          workload: 'web',
        }),
      ).toEqual([
        '      needs:',
        '        - db',
        '  databases:',
        '    - name: db',
        '      engine: postgres',
        '      version: "17"',
        '      size: 5Gi',
      ]);
    });

    it('adds a host name to one environment, where nothing differs in it yet', async () => {
      expect(
        await added('add-domain', {
          workload: 'web',
          environment: 'staging',
          domain: 'shop.example.com',
        }),
      ).toEqual([
        '      overrides:',
        '        workloads:',
        '          - name: web',
        '            domains:',
        '              - shop.example.com',
      ]);
    });

    it('adds an environment that is promoted to', async () => {
      expect(
        await added('add-environment', {
          environment: 'production',
          class: 'production',
          promoteFrom: 'staging',
        }),
      ).toEqual([
        '    - name: production',
        '      class: production',
        '      promoteFrom: staging',
      ]);
    });

    it('refuses a file that does not validate, and says where', async () => {
      scaffolder.slipway.files.set(SPEC, FILE.replace('8080', '99999'));
      const { status, log } = await scaffolder.run('add-environment', {
        ...values,
        environment: 'production',
        class: 'production',
      });
      expect(status).toBe('failed');
      expect(log).toContain(`${SPEC}:11:13`);
      expect(changes()).toEqual([]);
    });

    it.each([
      ['promote-release', '/promotion'],
      ['roll-back', '/rollback'],
    ])('%s links to what it opened', async (template, path) => {
      const release = {
        id: 'aaaaaaaaaaaa',
        revision: 'a'.repeat(40),
        workloads: [],
        at: '2026-01-01T00:00:00Z',
        where: [],
      };
      scaffolder.slipway.releases = [release];
      scaffolder.slipway.promotion = {
        ...values,
        service: 'checkout',
        environment: 'production',
        allowed: { allowed: true },
        direct: false,
        warnings: [],
        release,
        diff: { digest: 'd', objects: [] },
      } as unknown as typeof scaffolder.slipway.promotion;
      const { status, log, output } = await scaffolder.run(template, {
        ...values,
        environment: 'production',
        ...(template === 'roll-back' && { to: 'aaaaaaa' }),
      });
      expect(`${status}\n${log}`).toMatch(/^completed/);
      expect(output?.links?.[0].url).toBe('/slipway/change-requests/change-1');
      expect(
        scaffolder.slipway.requests.some(request =>
          request.path.includes(path),
        ),
      ).toBe(true);
    });
  });

  describe('remove-service', () => {
    it('opens a change request that removes the spec and its binding', async () => {
      scaffolder.slipway.files.set(SPEC, 'kind: ServiceSpec\n');
      scaffolder.slipway.files.set(BINDING, 'kind: RepoBinding\n');
      const { status } = await scaffolder.run('remove-service', {
        organization: 'shop',
        name: 'checkout',
        reason: 'Replaced by basket.',
        confirmation: 'I know what goes with it',
      });
      expect(status).toBe('completed');
      expect(changes()).toEqual([
        expect.objectContaining({
          subject: 'service/shop/checkout',
          description: 'Replaced by basket.',
          files: [{ path: BINDING }, { path: SPEC }],
        }),
      ]);
    });
  });
});
