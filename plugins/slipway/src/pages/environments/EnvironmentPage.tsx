import { useParams } from 'react-router-dom';
import type { EnvironmentKey } from '../../api';
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
  return (
    <PageBody>
      {/* A new key is a new page: nothing of the last one may stay open in it. */}
      <EnvironmentView key={Object.values(key).join('/')} environment={key} />
    </PageBody>
  );
}
