import {
  CLUSTER,
  environmentClass,
  planInput,
  serviceSpec,
  workload,
} from '../__testUtils__/inputs';
import { ENVIRONMENT_FILE, parseEnvironmentFile } from '../environmentFile';
import { planEnvironment } from '../planEnvironment';
import type { PlanInput } from '../types';
import { renderApplicationSet } from './applicationSet';

const cluster = {
  ...CLUSTER,
  argocd: { ...CLUSTER.argocd, applicationSet: true },
};

function fileOf(input: PlanInput) {
  const { files } = planEnvironment(input);
  return parseEnvironmentFile(
    files.find(({ path }) => path.endsWith(ENVIRONMENT_FILE))!.content,
  );
}

it('says in environment.yaml what the set needs to make the Application', () => {
  expect(fileOf(planInput({ cluster })).application).toEqual({
    set: 'slipway-fra-1',
    namespace: 'shop--cart--prod',
    selfHeal: true,
  });
  const { chart, application } = fileOf(
    planInput({
      cluster,
      gitops: { repoURL: 'x', branch: 'main', chart: 'platform/chart' },
      class: environmentClass({ delivery: { form: 'chart', selfHeal: false } }),
    }),
  );
  expect([chart, application?.selfHeal]).toEqual(['platform/chart', false]);
});

it('leaves what was there before Slipway to the Application that it has', () => {
  const adopt = { namespace: 'old', application: 'old' };
  const spec = serviceSpec({
    workloads: [workload()],
    environments: [{ name: 'prod', class: 'production', adopt }],
  });
  expect(fileOf(planInput({ cluster, spec })).application).toBeUndefined();
});

it('says nothing of sets where each environment has an Application of its own', () => {
  expect(fileOf(planInput()).application).toBeUndefined();
});

it('never deletes an Application, and reads the files of its own cluster only', () => {
  const { metadata, spec } = renderApplicationSet(cluster, {
    repoURL: 'https://git.example.com/gitops.git',
    branch: 'main',
    pathPrefix: 'slipway',
  });
  expect(metadata.name).toBe('slipway-fra-1');
  expect(spec).toMatchObject({
    syncPolicy: { applicationsSync: 'create-update' },
    generators: [
      {
        git: {
          files: [{ path: 'slipway/clusters/fra-1/*/*/*/environment.yaml' }],
        },
        selector: { matchLabels: { 'application.set': 'slipway-fra-1' } },
      },
    ],
  });
});
