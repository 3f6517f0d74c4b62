import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import type { Problem } from '@slipway/plugin-slipway-common';
import { problemLine } from '../form';
import { slipwayTranslationRef } from '../translation';

/** What Backstage gives a validation beside the value. */
type Context = Parameters<CustomFieldValidator<unknown>>[2];

/** What is said to whoever may not go on; each a whole sentence, with nothing to fill in. */
type Refusal = 'onboarding.refusedArchived' | 'onboarding.refusedNoApplication';

/** The English words, as long as nobody has translated. */
const inEnglish = <T extends string>(_key: string, words: T): string => words;

/** What a translation says; undefined where the app has none, or it is still on its way. */
function sayOf(apis: Pick<Context['apiHolder'], 'get'> | undefined) {
  const found = apis
    ?.get(translationApiRef)
    ?.getTranslation(slipwayTranslationRef);
  return found?.ready ? found.t : undefined;
}

/**
 * Says something in the person's language where no hook can: a validation is no component. In English where the app has
 * no translations, or they are still on their way.
 *
 * @internal
 */
export function saying(
  apis: Pick<Context['apiHolder'], 'get'> | undefined,
): (key: Refusal, words: string) => string {
  const t = sayOf(apis);
  return t ? key => t(key) : inEnglish;
}

/**
 * Says what is wrong with a value, in one line, as {@link saying} does.
 *
 * @internal
 */
export function sayingProblem(
  apis: Pick<Context['apiHolder'], 'get'> | undefined,
): (problem: Problem) => string {
  const t = sayOf(apis);
  return problem => problemLine(problem, t);
}
