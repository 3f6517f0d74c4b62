import fc from 'fast-check';
import { anyInput } from '../__testUtils__/arbitraryInputs';
import {
  CLUSTER,
  planInput,
  serviceSpec,
  workload,
} from '../__testUtils__/inputs';
import { chartForm, renderable } from './__testUtils__/chartInputs';
import { canonical } from '../canonical';
import { readRenderedFiles } from '../files';
import { planEnvironment } from '../planEnvironment';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 40) };

it('reads the objects back out of the values, whatever the spec', () => {
  fc.assert(
    fc.property(anyInput, input => {
      const plan = planEnvironment(chartForm(renderable(input)));
      const rendered = plan.objects.filter(({ part }) => part === 'workload');
      const sort = (texts: string[]) => texts.sort();
      const read = readRenderedFiles(plan.files).objects.filter(
        ({ part }) => part === 'workload',
      );
      const text = ({ object }: { object: unknown }) =>
        JSON.stringify(canonical(object));
      expect(sort(read.map(text))).toEqual(sort(rendered.map(text)));
    }),
    RUNS,
  );
});

describe('what the chart can not carry out', () => {
  const secret = { name: 'KEY', from: { vault: 'team/app#key' } };
  const refused = (input: Parameters<typeof planInput>[0]) =>
    planEnvironment(chartForm(planInput(input)))
      .verdicts.filter(
        ({ rule, result }) => rule === 'delivery-form' && result === 'deny',
      )
      .map(({ source }) => source?.specPath);

  it('is refused with the field named', () => {
    expect(
      refused({
        spec: serviceSpec({
          workloads: [
            workload({
              patches: [
                {
                  target: { kind: 'Deployment' },
                  patch: [{ op: 'remove', path: '/spec/strategy' }],
                },
              ],
            }),
          ],
        }),
      }),
    ).toEqual(['workloads[web].patches']);
    expect(
      refused({
        spec: serviceSpec({
          workloads: [workload()],
          environments: [
            {
              name: 'prod',
              class: 'production',
              adopt: { namespace: 'old', application: 'old' },
            },
          ],
        }),
      }),
    ).toEqual(['environments[prod].adopt']);
    expect(
      refused({
        spec: serviceSpec({ workloads: [workload({ secrets: [secret] })] }),
        cluster: {
          ...CLUSTER,
          kinds: [],
          argocd: { ...CLUSTER.argocd, vaultPlugin: 'avp' },
        },
      }),
    ).toEqual(['workloads[web].secrets']);
  });

  it('is no matter where objects are rendered, and nothing else is refused', () => {
    expect(refused({})).toEqual([]);
    expect(
      planEnvironment(planInput()).verdicts.filter(
        ({ rule }) => rule === 'delivery-form',
      ),
    ).toEqual([]);
  });
});

it('says which field of a values file somebody broke', () => {
  const { files, folder } = planEnvironment(chartForm(planInput()));
  const read = (change: (text: string) => string) => () =>
    readRenderedFiles(
      files.map(file =>
        file.path === `${folder}/workload/values.yaml`
          ? { ...file, content: change(file.content) }
          : file,
      ),
    );
  expect(read(text => text.replace(/port: 8080/, 'port: http'))).toThrow(
    /values\.yaml was changed by hand: workloads\.0\.ports\.0\.port/,
  );
  expect(read(text => `${text}namespace: a--b\n`)).toThrow(
    /values\.yaml was changed by hand/,
  );
  expect(read(() => '{')).toThrow(/values\.yaml is no YAML/);
});
