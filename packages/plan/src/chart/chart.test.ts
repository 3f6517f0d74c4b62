import fc from 'fast-check';
import { anyInput } from '../__testUtils__/arbitraryInputs';
import { chartForm, renderable } from './__testUtils__/chartInputs';
import { canonical } from '../canonical';
import { readRenderedFiles } from '../files';
import { planEnvironment } from '../planEnvironment';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) };

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
