import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { HostedChange } from '@slipway/plugin-slipway-node';
import type { EnvironmentPlan } from '@slipway/plan';
import { createSandbox } from '../../git/__testUtils__/sandbox';
import type { GitSandbox } from '../../git/__testUtils__/sandbox';
import type { Askers } from '../Askers';
import { Identities } from '../Identities';
import type { PlannedChange } from '../plans/Planner';
import { Contributors, isOf } from './Contributors';

const userEntity = (
  name: string,
  email?: string,
  annotations: Record<string, string> = {},
) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default', annotations },
  spec: { profile: email ? { email } : {}, memberOf: [] },
});
const ALICE = mockCredentials.user('user:default/alice');
const GITEA = 'https://gitea.example.org/acme/platform.git';

describe('who had a part in a change', () => {
  let sandbox: GitSandbox;
  let repository: { url: string; branch: string };
  let base: string;
  beforeAll(async () => {
    sandbox = await createSandbox();
    repository = await sandbox.repository('platform.git');
    base = (await sandbox.host.head(repository))!;
  });
  afterAll(() => sandbox.remove());

  const identities = (alice: ReturnType<typeof userEntity>) =>
    new Identities(
      mockServices.auth(),
      catalogServiceMock({ entities: [alice] }),
      mockServices.userInfo(),
    );
  const refusal = async (
    change: Partial<HostedChange>,
    more: {
      alice?: ReturnType<typeof userEntity>;
      url?: string;
      planned?: Partial<PlannedChange>;
      isAsker?: boolean;
      credentials?: BackstageCredentials;
      identities?: Identities;
    } = {},
  ) => {
    const { url } = more;
    const { host } = sandbox;
    return new Contributors({
      // Commits are real ones, of a repository that lies elsewhere in the cases of a host.
      host: url
        ? ({
            log: (_, options) => host.log(repository, options),
          } as typeof host)
        : host,
      identities:
        more.identities ??
        identities(more.alice ?? userEntity('alice', 'Alice@Example.org')),
      askers: {
        isAsker: async () => more.isAsker === true,
      } as Partial<Askers> as Askers,
    }).refusal(
      {
        repository: url ? { ...repository, url } : repository,
        change: {
          number: 5,
          author: 'user:default/bob',
          branch: 'slipway/release/shop/pay/prod',
          headCommit: base,
          ...change,
        } as HostedChange,
        base,
        planned: {
          plans: new Map(),
          ...more.planned,
        } as PlannedChange,
        isDelivery: true,
      },
      more.credentials ?? ALICE,
    );
  };
  const commit = async (author: string, committer = author, trailer = '') => {
    const { git } = sandbox;
    const tree = await git(repository, ['rev-parse', `${base}^{tree}`]);
    const at = '1700000000 +0000';
    return git(
      repository,
      ['hash-object', '-t', 'commit', '-w', '--stdin'],
      `tree ${tree}\nparent ${base}\nauthor x <${author}> ${at}\ncommitter x <${committer}> ${at}\n\nx\n${trailer}`,
    );
  };
  const pullRequest = { host: 'gitea' } as HostedChange['pullRequest'];

  it('is nobody who neither opened, changed nor wrote any of it', async () => {
    expect(await refusal({ editors: ['user:default/carol'] })).toBeUndefined();
  });

  it('is who opened it, and who brought it up to date', async () => {
    expect(await refusal({ author: 'user:default/alice' })).toContain(
      'You opened change request #5',
    );
    expect(await refusal({ editors: ['user:default/alice'] })).toContain(
      'You changed what change request #5 brings',
    );
  });

  it('is who asked for what a delivery brings, but for a release that moves alone', async () => {
    const plans = new Map([
      ['shop/pay/prod', { approval: { required: true, count: 1, groups: [] } }],
    ]) as unknown as Map<string, EnvironmentPlan>;
    const asked = { isAsker: true, planned: { plans } };
    expect(await refusal({}, asked)).toContain(
      'You asked for what shop/pay/prod is to become',
    );
    const onlyRelease = new Set(['shop/pay/prod']);
    const moves = { ...asked, planned: { plans, onlyRelease } };
    expect(await refusal({}, moves)).toBeUndefined();
    expect(
      await refusal({ branch: 'slipway/deliver/shop/pay/prod' }, moves),
    ).toContain('You asked for');
  });

  it('is whose login at the host the catalog names, or who is called the same where it names none', async () => {
    const opened = { author: 'user:gitea/ally', pullRequest };
    const of = (annotations?: Record<string, string>, name = 'alice') =>
      refusal(opened, {
        url: GITEA,
        alice: userEntity(name, undefined, annotations),
        credentials: mockCredentials.user(`user:default/${name}`),
      });
    expect(await of({ 'gitea.example.org/user-login': 'Ally' })).toContain(
      'You opened',
    );
    expect(await of({ 'gitea.com/user-login': 'ally' })).toContain(
      'You opened',
    );
    expect(await of()).toBeUndefined();
    expect(await of({}, 'ally')).toContain('You opened');
    expect(
      await of({ 'gitea.example.org/user-login': 'another' }, 'ally'),
    ).toBeUndefined();
  });

  it('is whose address is on a commit of it, as author or as committer', async () => {
    for (const [author, committer] of [
      ['alice@example.org', 'eve@example.org'],
      ['eve@example.org', 'ALICE@example.org'],
      ['alice@users.slipway.invalid', 'eve@example.org'],
    ]) {
      const headCommit = await commit(author, committer);
      expect(await refusal({ headCommit })).toContain(
        `You wrote commit ${headCommit.slice(0, 7)} of change request #5`,
      );
    }
    const headCommit = await commit('eve@example.org');
    expect(await refusal({ headCommit })).toBeUndefined();
  });

  it('is not who merged the spec that Slipway delivers by itself', async () => {
    const headCommit = await commit(
      'alice@example.org',
      'slipway@slipway.dev',
      '\nSlipway-Spec-Commit: abc\n',
    );
    const branch = 'slipway/deliver/shop/pay/prod';
    expect(await refusal({ headCommit, branch })).toBeUndefined();
  });

  it('can’t be told, so that nobody approves, while the catalog is away', async () => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new Error('The catalog is away.');
      },
    });
    const away = new Identities(
      mockServices.auth(),
      catalog,
      mockServices.userInfo(),
    );
    await expect(refusal({}, { identities: away })).rejects.toThrow('away');
  });
});

it('knows the addresses that hosts make of a login', () => {
  const self = {
    addresses: new Set(['a@example.org']),
    logins: new Set(['alice']),
  };
  for (const [email, own] of [
    ['A@example.org', true],
    ['alice@users.noreply.github.com', true],
    ['4711+Alice@users.noreply.github.com', true],
    ['12-alice@users.noreply.gitlab.com', true],
    ['alice@noreply.gitea.example.org', true],
    ['bob@users.noreply.github.com', false],
    ['alice@example.org', false],
    ['noreply@github.com', false],
  ] as const)
    expect([email, isOf(self, email)]).toEqual([email, own]);
});
