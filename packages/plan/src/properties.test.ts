import {
  serviceSpecSchema,
  type ServiceSpec,
} from '@slipway/plugin-slipway-common';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anySpec, reordered } from './__testUtils__/arbitrary';
import { anyInput } from './__testUtils__/arbitraryInputs';
import { canonical, toYaml } from './canonical';
import { readRenderedFiles } from './files';
import { planEnvironment } from './planEnvironment';
import { summarize } from './summarize';
import { provenanceAt } from './trace';
import type { EnvironmentPlan } from './types';

/** Enough to find what was found so far; more by hand: `PROPERTY_RUNS=2000`. */
const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 40) };

/** All of a plan that people decide by. */
function outcome(plan: EnvironmentPlan) {
  const { digest, approvalDigest, files, gates, quota, cost } = plan;
  return { digest, approvalDigest, files, gates, quota, cost };
}

/** The spec with no revision anywhere. */
function closed(spec: ServiceSpec): ServiceSpec {
  return serviceSpecSchema.parse({
    ...spec,
    spec: {
      ...spec.spec,
      workloads: spec.spec.workloads.map(workload => ({
        ...workload,
        patches: [],
        image: { repository: workload.image.repository },
      })),
    },
  });
}

const withoutPatches = (spec: ServiceSpec): ServiceSpec => ({
  ...spec,
  spec: {
    ...spec.spec,
    environments: spec.spec.environments.map(environment => ({
      ...environment,
      overrides: undefined,
    })),
    workloads: spec.spec.workloads.map(workload => ({
      ...workload,
      patches: [],
    })),
  },
});

describe('for any spec that the schema takes', () => {
  it('the plan never throws, and neither does its summary', () => {
    fc.assert(
      fc.property(anyInput, anySpec(), (input, other) => {
        const plan = planEnvironment(input);
        const before = planEnvironment({ ...input, spec: other });
        const read = readRenderedFiles(before.files);
        expect(summarize(plan, read).digest).toBe(plan.digest);
        expect(summarize(undefined, read).verb).toBe('delete');
      }),
      RUNS,
    );
  });

  it('the plan of the same input is the same', () => {
    fc.assert(
      fc.property(anyInput, input => {
        expect(JSON.stringify(planEnvironment(input))).toBe(
          JSON.stringify(planEnvironment(input)),
        );
      }),
      RUNS,
    );
  });

  it('the order of lists that says nothing changes nothing', () => {
    fc.assert(
      fc.property(anyInput, input => {
        const other = planEnvironment({
          ...input,
          spec: reordered(input.spec),
          neighbours: reordered(input.neighbours),
          policies: [...input.policies].reverse(),
        });
        expect(JSON.stringify(outcome(other), null, 1)).toBe(
          JSON.stringify(outcome(planEnvironment(input)), null, 1),
        );
      }),
      RUNS,
    );
  });

  it('files are canonical and say what the objects say', () => {
    fc.assert(
      fc.property(anyInput, input => {
        const { files, objects, digest } = planEnvironment(input);
        for (const { path, content } of files.filter(file => file.content)) {
          const comment = content.slice(2, content.indexOf('\n'));
          expect(`${path}\n${toYaml(parse(content), comment)}`).toBe(
            `${path}\n${content}`,
          );
        }
        const read = readRenderedFiles(files);
        expect(read.file?.digest).toBe(digest);
        const byPath = new Map(objects.map(item => [item.path, item.object]));
        expect(read.objects).toHaveLength(objects.length);
        for (const { path, object } of read.objects) {
          expect(canonical(object)).toEqual(byPath.get(path));
        }
      }),
      RUNS,
    );
  });

  it('no two objects meet in one file', () => {
    fc.assert(
      fc.property(anyInput, input => {
        const paths = planEnvironment(input).files.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
      RUNS,
    );
  });

  it('closing a gate takes away what runs, what scales it and its route, and nothing else', () => {
    const RUNNING = [
      'Certificate',
      'CronJob',
      'Deployment',
      'HTTPRoute',
      'HorizontalPodAutoscaler',
      'Ingress',
      'IngressRoute',
    ];
    fc.assert(
      fc.property(anyInput, input => {
        const spec = withoutPatches(input.spec);
        const revisions = Object.fromEntries(
          spec.spec.workloads.map(({ name }) => [name, { revision: 'v1' }]),
        );
        const open = planEnvironment({
          ...input,
          spec,
          release: { workloads: revisions },
        });
        const shut = planEnvironment({
          ...input,
          spec: closed(spec),
          release: { workloads: {} },
        });
        expect(shut.gates.some(gate => gate.open)).toBe(false);
        expect(shut.objects.map(({ path }) => path)).toEqual(
          open.objects
            .filter(({ object }) => !RUNNING.includes(object.kind))
            .map(({ path }) => path),
        );
        expect(shut.approvalDigest).toBe(open.approvalDigest);
      }),
      RUNS,
    );
  });

  it('no Secret is rendered with a value', () => {
    fc.assert(
      fc.property(anyInput, input => {
        const secrets = planEnvironment(input)
          .objects.map(({ object }) => object)
          .filter(({ kind }) => kind === 'Secret');
        for (const { data, stringData } of secrets) {
          expect(data).toBeUndefined();
          for (const value of Object.values(stringData as object)) {
            expect(value).toMatch(/^<path:[^<>]+#[^<>]+>$/);
          }
        }
      }),
      RUNS,
    );
  });

  it('every field has an origin, and a place in the spec where it can be written back', () => {
    fc.assert(
      fc.property(anyInput, input => {
        for (const rendered of planEnvironment(input).objects) {
          for (const { pointer } of rendered.provenance) {
            const found = provenanceAt(rendered, pointer);
            expect(
              found.noInverse !== undefined || found.specPath !== undefined,
            ).toBe(true);
          }
          expect(provenanceAt(rendered, '/kind').noInverse).toBeDefined();
        }
      }),
      RUNS,
    );
  });
});
