import { createSandbox, type GitSandbox } from '../__testUtils__/sandbox';
import { changeContract } from '../__testUtils__/changeContract';

changeContract('plain Git', async () => {
  const sandbox: GitSandbox = await createSandbox();
  let made = 0;
  const commit: GitSandbox['host']['commit'] = input =>
    sandbox.host.commit(input);
  return {
    host: sandbox.host,
    replica: await sandbox.anotherHost(),
    repository: () =>
      sandbox.repository(`contract-${(made += 1)}`, {
        'spec.yaml': 'kind: Spec\n',
      }),
    async merge(repository, change) {
      await sandbox.git(repository, [
        'update-ref',
        `refs/heads/${repository.branch}`,
        change.headCommit,
      ]);
    },
    async push(repository, branch, files) {
      const { commit: made_ } = await commit({
        repository: { ...repository, branch },
        files,
        message: 'By hand',
        gitAuthor: { name: 'Eve', email: 'eve@example.org' },
        trailers: {},
      });
      return made_;
    },
    remove: () => sandbox.remove(),
  };
});
