import { ConfigReader } from '@backstage/config';
import { readDelivery } from './deliverySettings';

const repository = {
  url: 'https://git.example.com/gitops.git',
  branch: 'main',
};
const read = (delivery?: Record<string, string>) =>
  readDelivery(
    new ConfigReader(delivery ? { gitops: { delivery } } : {}),
    repository,
  );

describe('slipway.gitops.delivery', () => {
  it('leaves everything to the classes and the repository when it is absent', () => {
    expect(read()).toEqual({ target: repository });
  });

  it('names remote, base branch and branch prefix', () => {
    expect(
      read({
        stage: 'branch',
        remote: 'ssh://git@git.example.com/gitops.git',
        baseBranch: 'next',
        branchPrefix: 'release/',
      }),
    ).toEqual({
      stage: 'branch',
      target: { url: 'ssh://git@git.example.com/gitops.git', branch: 'next' },
      branchPrefix: 'release/',
    });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ stage: 'pull' }, /stage is 'pull'; allowed is write, commit, branch/],
    [{ stage: 'write' }, /directory is missing; the stage 'write'/],
    [{ stage: 'commit' }, /directory is missing; the stage 'commit'/],
    [{ stage: 'write', directory: 'out' }, /allowed is an absolute path/],
    [{ branchPrefix: 'slip..way/' }, /branchPrefix is 'slip\.\.way\/'/],
    [{ branchPrefix: '-x/' }, /branchPrefix is '-x\/'/],
    [{ branchPrefix: 'deliver' }, /'\/' or '-' at its end/],
  ])('refuses %j', (delivery, message) => {
    expect(() => read(delivery)).toThrow(message);
  });
});
