import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { EnvironmentKey } from '../../api';
import { environmentRouteRef } from '../../routes';
import { PageBody } from '../PageBody';
import { EnvironmentView } from './EnvironmentView';

/**
 * The page of one environment.
 *
 * @internal
 */
export function EnvironmentPage() {
  const { organization = '', service = '', environment = '' } = useParams();
  const key: EnvironmentKey = { organization, service, environment };
  const route = useRouteRef(environmentRouteRef);
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const choose = (name: string) => {
    const tab = parameters.get('tab');
    // The same part of the other environment; what is open in this one is about this one.
    navigate({
      pathname: route?.({ organization, service, environment: name }),
      search: tab ? `?${new URLSearchParams({ tab })}` : '',
    });
  };
  return (
    <PageBody>
      {/* A new key is a new page: nothing of the last one may stay open in it. */}
      <EnvironmentView
        key={Object.values(key).join('/')}
        environment={key}
        onChoose={choose}
      />
    </PageBody>
  );
}
