import type { ApiEnvironmentDetails } from '@slipway/plugin-slipway-common';
import { lazy, Suspense, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useDrift, type EnvironmentKey } from '../../api';
import { parseRef, refText, Resources } from '../../components/ResourceTree';

const ObjectDrawer = lazy(() =>
  import('../../components/ObjectDrawer').then(m => ({
    default: m.ObjectDrawer,
  })),
);

/**
 * What runs, as a tree, and the drawer of the object that the URL names.
 *
 * @internal
 */
export function EnvironmentResourcesTab(props: {
  environment: EnvironmentKey;
  details: ApiEnvironmentDetails;
}) {
  const { environment, details } = props;
  const [parameters, setParameters] = useSearchParams();
  const selected = parameters.get('object') ?? undefined;
  const object = selected === undefined ? undefined : parseRef(selected);
  const change = (names: Record<string, string | undefined>) =>
    setParameters(
      current => {
        const next = new URLSearchParams(current);
        for (const [name, value] of Object.entries(names)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      },
      { replace: true },
    );
  const drift = useDrift(environment, {
    enabled: details.drift?.state === 'drifted',
  });
  const drifted = useMemo(
    () => new Set(drift.data?.objects.map(refText)),
    [drift.data],
  );
  return (
    <>
      <Resources
        details={details}
        selected={selected}
        drifted={drifted}
        onOpen={ref =>
          change({
            object: ref,
            // What drifted is opened for its difference.
            view: drifted.has(ref) ? 'diff' : undefined,
          })
        }
      />
      {object && (
        <Suspense fallback={null}>
          <ObjectDrawer
            key={selected}
            environment={environment}
            details={details}
            object={object}
            view={parameters.get('view') ?? ''}
            onView={view => change({ view })}
            onClose={() => change({ object: undefined, view: undefined })}
          />
        </Suspense>
      )}
    </>
  );
}
