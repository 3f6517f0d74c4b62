import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { reasonOf, type Reason } from '@slipway/plugin-slipway-common';
import { slipwayTranslationRef } from '../translation';
import { reasonsMessages } from '../translation/reasons';

type Translated = keyof typeof reasonsMessages.reason;

const isTranslated = (reason: string): reason is Translated =>
  Object.hasOwn(reasonsMessages.reason, reason);

/**
 * Says what a reason means in the language of the reader, in English where its words are in no translation; undefined for
 * a reason that only a newer backend knows.
 *
 * @internal
 */
export function useReasonWords(): (reason: string) => Reason | undefined {
  const { t } = useTranslationRef(slipwayTranslationRef);
  return reason => {
    const known = reasonOf(reason);
    return known && isTranslated(reason)
      ? {
          ...known,
          title: t(`reason.${reason}.title`),
          next: t(`reason.${reason}.next`),
        }
      : known;
  };
}
