import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { speaking, type ApiEnvironment } from '@slipway/plugin-slipway-common';
import { useRef } from 'react';
import { Announce } from '../components/Live';
import { conditionsOf } from '../format';
import { slipwayTranslationRef } from '../translation';

/**
 * Tells screen readers which of several environments has changed and to what – only those that did.
 *
 * @internal
 */
export function EnvironmentNews(props: { environments: ApiEnvironment[] }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const known = useRef(new Map<string, string>());
  const last = useRef('');
  const news = props.environments.flatMap(environment => {
    const here = speaking(conditionsOf(environment.conditions));
    const state = here ? here.title : t('road.healthy');
    const before = known.current.get(environment.name);
    known.current.set(environment.name, state);
    return before === undefined || before === state
      ? []
      : [t('road.announce', { environment: environment.name, state })];
  });
  if (news.length > 0) {
    last.current = news.join('. ');
  }
  return <Announce text={last.current} />;
}
