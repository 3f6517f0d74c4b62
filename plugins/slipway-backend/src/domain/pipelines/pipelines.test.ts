import type { Organization, ServiceSpec } from '@slipway/plugin-slipway-common';
import type {
  PipelinePart,
  PipelineRunItem,
} from '@slipway/plugin-slipway-node';
import { failedStep, joinRuns, messageOf } from './joinRuns';
import { isForeignNamespace } from './namespaces';
import { repositoriesOf } from './repositories';

describe('isForeignNamespace', () => {
  it.each([
    ['org-acme', false],
    ['acme--shop--preview', false],
    ['acme--shop-0123456789abcdef', false],
    ['ci', false],
    ['org-rival', true],
    ['rival--shop--preview', true],
    // An organization's name may begin with another's.
    ['org-acme2', true],
    ['acme2--shop--preview', true],
  ])('says of %s for acme: %s', (namespace, foreign) => {
    expect(isForeignNamespace(namespace, 'acme')).toBe(foreign);
  });
});

describe('repositoriesOf', () => {
  const of = (
    gitHost: Organization['spec']['gitHost'],
    ...repositories: string[]
  ) =>
    repositoriesOf(
      { spec: { gitHost } } as Organization,
      {
        spec: {
          workloads: [
            {},
            ...repositories.map(repository => ({ source: { repository } })),
          ],
        },
      } as unknown as ServiceSpec,
      {
        hosts: { github: ['github.com', 'ghe.example.com'] },
        plainBaseUrl: 'file:///srv/git',
      },
    );
  const github = { integration: 'github', namespace: 'Acme' } as const;

  it('takes a path, a name or a URL for the same repository', () => {
    const key = 'github.com/acme/shop';
    expect(of(github, 'https://github.com/acme/Shop.git')).toEqual([key]);
    expect(of(github, 'acme/shop')).toContain(key);
    expect(of(github, 'shop')).toContain(key);
    expect(of({ integration: 'plain', namespace: 'acme' }, 'shop')).toEqual([
      'file/srv/git/acme/shop',
    ]);
  });

  it("leaves out what is not in the organization's namespace at its host", () => {
    expect(
      of(
        github,
        'rival/shop',
        'https://github.com/acme2/shop',
        'https://gitlab.com/acme/shop',
        'https://github.com/rival/acme/shop',
      ),
    ).toEqual([]);
    expect(of({ integration: 'gitlab', namespace: 'acme' }, 'shop')).toEqual(
      [],
    );
  });
});

describe('a joined run', () => {
  const run: PipelineRunItem = {
    id: 'r',
    name: 'build',
    state: 'failed',
    byUs: true,
    message: 'Tasks Completed: 2 (Failed: 1)',
    steps: ['clone', 'test'].map(id => ({
      id: `x-${id}`,
      name: id,
      task: id,
      state: 'unknown',
      logs: false,
    })),
  };
  const task = (id: string, state: 'succeeded' | 'failed'): PipelinePart => ({
    part: 'task',
    run: 'r',
    replaces: `x-${id}`,
    steps: [
      {
        id: `x-${id}/work`,
        name: 'work',
        task: id,
        state,
        logs: true,
        ...(state === 'failed' && { exitCode: 2, message: 'boom' }),
      },
    ],
  });

  it('has the steps of its tasks in its own order, whichever part came first', () => {
    const parts: PipelinePart[] = [
      task('test', 'failed'),
      { part: 'run', run },
      task('clone', 'succeeded'),
      task('report', 'succeeded'),
    ];
    const [joined] = joinRuns(parts);
    expect(joined.steps.map(({ id }) => id)).toEqual([
      'x-clone/work',
      'x-test/work',
      'x-report/work',
    ]);
    expect(failedStep(joined)?.id).toBe('x-test/work');
    expect(messageOf(joined)).toBe(
      'Step work of test failed with exit code 2: boom',
    );
  });

  it("says the engine's words while no step is known that failed", () => {
    expect(messageOf(run)).toBe('Tasks Completed: 2 (Failed: 1)');
    expect(failedStep({ ...run, state: 'running' })).toBeUndefined();
  });

  it('is none without the run itself', () => {
    expect(joinRuns([task('test', 'failed')])).toEqual([]);
  });
});
