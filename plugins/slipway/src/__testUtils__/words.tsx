import { errorApiRef, translationApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';

/** All that a component needs that is drawn from data alone: the words. */
const Words = (props: { children: ReactNode }) => (
  <TestApiProvider
    apis={[
      [translationApiRef, mockApis.translation()],
      [errorApiRef, mockApis.error()],
    ]}
  >
    {props.children}
  </TestApiProvider>
);

/** Draws what knows no route and no backend, at once and without an app around it. */
export const renderPart = (element: JSX.Element): RenderResult =>
  render(element, { wrapper: Words });
