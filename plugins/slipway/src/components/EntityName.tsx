import {
  parseEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import Link from '@mui/material/Link';
import { GIT_INTEGRATIONS } from '@slipway/plugin-slipway-common';
import { Link as RouterLink } from 'react-router-dom';
import { catalogEntityRouteRef } from '../routes';

/** The name alone, for where a link can't stand. @internal */
export function entityName(entityRef: string): string {
  try {
    return parseEntityRef(entityRef, { defaultKind: 'user' }).name;
  } catch {
    return entityRef;
  }
}

/** A login at a Git host is nobody of the catalog. */
function isLogin({ kind, namespace }: CompoundEntityRef): boolean {
  return (
    kind.toLocaleLowerCase('en-US') === 'user' &&
    GIT_INTEGRATIONS.some(integration => integration === namespace)
  );
}

/**
 * A person, group or service by its reference, with a link into the catalog where there is one. What is no reference
 * (a tool's name, say) is shown as it is.
 *
 * @internal
 */
export function EntityName(props: { entityRef: string; kind?: string }) {
  const { entityRef, kind = 'user' } = props;
  const route = useRouteRef(catalogEntityRouteRef);
  let parsed;
  try {
    parsed = parseEntityRef(entityRef, { defaultKind: kind });
  } catch {
    return <span>{entityRef}</span>;
  }
  const looksLikeRef = entityRef.includes(':');
  if (!route || !looksLikeRef || isLogin(parsed)) {
    return <span title={entityRef}>{parsed.name}</span>;
  }
  return (
    <Link
      component={RouterLink}
      // It stands within sentences, where colour alone doesn't tell a link.
      underline="always"
      title={entityRef}
      to={route({
        kind: parsed.kind.toLocaleLowerCase('en-US'),
        namespace: parsed.namespace.toLocaleLowerCase('en-US'),
        name: parsed.name,
      })}
    >
      {parsed.name}
    </Link>
  );
}
