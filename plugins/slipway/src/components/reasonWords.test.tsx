import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { WEBHOOK_REASONS } from '@slipway/plugin-slipway-common';
import { renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useReasonWords } from './reasonWords';

/** A language in which every word is the key that it was asked for by. */
const IN_KEYS = { ready: true as const, t: (key: string) => `»${key}«` };

function said(reason: string, isTranslated = true) {
  const english = mockApis.translation();
  const translation = isTranslated
    ? {
        getTranslation: () => IN_KEYS,
        translation$: () => ({ subscribe: () => ({ unsubscribe() {} }) }),
      }
    : english;
  const wrapper = (props: PropsWithChildren<{}>) => (
    <TestApiProvider
      apis={[
        [translationApiRef, translation as unknown as typeof english],
        [errorApiRef, mockApis.error()],
      ]}
    >
      {props.children}
    </TestApiProvider>
  );
  return renderHook(() => useReasonWords(), { wrapper }).result.current(reason);
}

it.each(Object.entries(WEBHOOK_REASONS))(
  'says what %s is and what to do in the language of the reader',
  (reason, english) => {
    expect(said(reason)).toEqual({
      ...english,
      title: `»reason.${reason}.title«`,
      next: `»reason.${reason}.next«`,
    });
    expect(said(reason, false)).toEqual(english);
  },
);

it('says in English what no translation has, and nothing of what nobody knows', () => {
  expect(said('ApprovalWanted')?.title).toBe('Waiting for approval');
  expect(said('OnlyTomorrow')).toBeUndefined();
});
