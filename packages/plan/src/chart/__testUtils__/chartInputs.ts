import {
  serviceSpecSchema,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import { environmentClass } from '../../__testUtils__/inputs';
import type { PlanInput } from '../../types';

type Spec = ServiceSpec['spec'];
type Declared =
  | Spec['workloads'][number]
  | NonNullable<Spec['environments'][number]['overrides']>['workloads'][number];

/** The same environment, delivered as values of the chart. */
export function chartForm(input: PlanInput): PlanInput {
  const { retain, routes } = input.class.spec;
  return {
    ...input,
    class: environmentClass({ delivery: { form: 'chart' }, retain, routes }),
    policies: [],
  };
}

/** The nearest input that nothing of is refused, by the plan or by the chart: all else stays as it was drawn. */
export function renderable(input: PlanInput): PlanInput {
  const { spec } = input;
  const names = new Set(
    [...spec.spec.workloads, ...spec.spec.databases].map(({ name }) => name),
  );
  const own = `${spec.spec.organization}/${spec.metadata.name}/`;
  const known = (need: string) => {
    const local = need.startsWith(own) ? need.slice(own.length) : need;
    return /[:/]/.test(local) || names.has(local);
  };
  const mended = <T extends Declared>(workload: T, kind: string): T => ({
    ...workload,
    ...(workload.needs && { needs: workload.needs.filter(known) }),
    patches: workload.patches && [],
    schedule: kind === 'CronJob' ? (workload.schedule ?? '@hourly') : undefined,
  });
  const kinds = new Map(
    spec.spec.workloads.map(({ name, kind }) => [name, kind as string]),
  );
  return {
    ...input,
    spec: serviceSpecSchema.parse({
      ...spec,
      spec: {
        ...spec.spec,
        workloads: spec.spec.workloads.map(one => mended(one, one.kind)),
        databases: spec.spec.databases.map(one => ({
          ...one,
          mode: 'statefulset',
        })),
        environments: spec.spec.environments.map(environment => ({
          ...environment,
          ...(environment.overrides && {
            overrides: {
              ...environment.overrides,
              workloads: environment.overrides.workloads
                .filter(({ name }) => kinds.has(name))
                .map(one => mended(one, kinds.get(one.name)!)),
            },
          }),
        })),
      },
    }),
    cluster: {
      ...input.cluster,
      kinds: [...input.cluster.kinds, 'external-secrets.io/v1/ExternalSecret'],
      argocd: { ...input.cluster.argocd, vaultPlugin: undefined },
    },
  };
}
