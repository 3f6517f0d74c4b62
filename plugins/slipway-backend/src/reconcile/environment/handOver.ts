import type { Delivered } from '../../domain/environment/observation';
import {
  differences,
  idempotencyKey,
  trailers,
  unavailable,
  whoAsked,
} from './deliver';
import { type EnvironmentRun } from './EnvironmentRun';
import { deliveryTitle } from './release';
import { placeOf } from './places';

/** Whether the place at which the delivery stops holds what is planned; undefined where nothing stops it. */
export async function observeHandedOver(
  run: EnvironmentRun,
): Promise<Delivered | undefined> {
  const place = placeOf(run);
  if (!place) return undefined;
  const { stage, where } = place;
  return differences(run, await place.read()).length === 0
    ? { state: 'handed-over', stage, where }
    : { state: 'differs', by: 'hand-over' };
}

/** Brings the files as far as the settings say. Safe to repeat: what is there already is found unchanged. */
export async function handOver(run: EnvironmentRun): Promise<Delivered> {
  const plan = run.plan!;
  const place = placeOf(run);
  if (!place) throw new Error(`Nothing stops the delivery of ${run.key}`);
  const { stage, where } = place;
  try {
    const gitAuthor = await whoAsked(run);
    await run.context.step('hand over', async () =>
      place.put({
        files: plan.files.map(({ path, content }) => ({ path, content })),
        title: await deliveryTitle(run),
        gitAuthor,
        trailers: await trailers(run),
        idempotencyKey: idempotencyKey(run, []),
      }),
    );
    return { state: 'handed-over', stage, where };
  } catch (error) {
    return unavailable(error);
  }
}
