import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { slipwayTranslationRef } from '../translation';

/** What Backstage gives a validation beside the value. */
type Context = Parameters<CustomFieldValidator<unknown>>[2];

/** What is said to whoever may not go on; each a whole sentence, with nothing to fill in. */
type Refusal = 'onboarding.refusedArchived' | 'onboarding.refusedNoApplication';

/** The English words, as long as nobody has translated. */
const inEnglish = <T extends string>(_key: string, words: T): string => words;

/**
 * Says something in the person's language where no hook can: a validation is no component. In English where the app has
 * no translations, or they are still on their way.
 *
 * @internal
 */
export function saying(
  apis: Pick<Context['apiHolder'], 'get'> | undefined,
): (key: Refusal, words: string) => string {
  const found = apis
    ?.get(translationApiRef)
    ?.getTranslation(slipwayTranslationRef);
  if (!found?.ready) return inEnglish;
  return key => found.t(key);
}
