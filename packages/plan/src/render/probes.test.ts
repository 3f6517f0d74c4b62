import { planInput, serviceSpec, workload } from '../__testUtils__/inputs';
import { planEnvironment } from '../planEnvironment';

it('leaves out a probe that would run nothing, which Kubernetes refuses', () => {
  const { objects, verdicts } = planEnvironment(
    planInput({
      spec: serviceSpec({
        workloads: [workload({ probes: { startup: { type: 'exec' } } })],
      }),
    }),
  );
  expect(verdicts).toEqual([
    expect.objectContaining({
      rule: 'probes',
      result: 'warn',
      message: 'The startup probe of web names no command; there is no probe.',
    }),
  ]);
  expect(
    JSON.stringify(objects.find(({ object }) => object.kind === 'Deployment')),
  ).not.toContain('startupProbe');
});
