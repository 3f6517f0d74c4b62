import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Box from '@mui/material/Box';
import type {
  ApiEnvironmentDetails,
  ApiObjectDetails,
  ApiObjectRef,
} from '@slipway/plugin-slipway-common';
import { useObject, type EnvironmentKey } from '../../api';
import { TAB } from '../../theme';
import { slipwayTranslationRef } from '../../translation';
import { HealthWord, refText } from '../ResourceTree';
import { SideDrawer } from '../SideDrawer';
import { RowsSkeleton, StateView } from '../State';
import { ContainerLog } from './ContainerLog';
import { ObjectDiff } from './ObjectDiff';
import { ObjectEvents } from './ObjectEvents';
import { ObjectSummary } from './ObjectSummary';
import { YamlText } from './YamlText';

const VIEWS = ['summary', 'diff', 'yaml', 'events', 'logs'] as const;
type ViewName = (typeof VIEWS)[number];

/**
 * One object: what it says of itself, what Git wants of it, its events, and what its containers write. Which object and
 * which part is in the URL, so it stays open over a refresh and can be sent to somebody.
 *
 * @internal
 */
export function ObjectDrawer(props: {
  environment: EnvironmentKey;
  details: ApiEnvironmentDetails;
  object: ApiObjectRef;
  view: string;
  onView: (view: string) => void;
  onClose: () => void;
}) {
  const { environment, details, object, view, onView, onClose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  const query = useObject(environment, object);
  const live = details.objects.find(each => refText(each) === refText(object));
  const views = VIEWS.filter(name => name !== 'logs' || object.kind === 'Pod');
  const current: ViewName = views.find(name => name === view) ?? 'summary';
  return (
    <SideDrawer
      open
      onClose={onClose}
      title={
        <>
          <Box
            component="span"
            sx={{ color: 'text.secondary', fontWeight: 400 }}
          >
            {object.kind}
          </Box>{' '}
          {object.name}
        </>
      }
      aside={live && <HealthWord health={live.health} />}
      head={
        <Tabs
          value={current}
          onChange={(_event, name: string) => onView(name)}
          aria-label={t('object.parts')}
          variant="scrollable"
          sx={{ px: 1, minHeight: 40 }}
        >
          {views.map(name => (
            <Tab
              key={name}
              value={name}
              id={`slipway-object-${name}`}
              aria-controls={
                current === name ? 'slipway-object-panel' : undefined
              }
              label={t(`object.${name}`)}
              sx={TAB}
            />
          ))}
        </Tabs>
      }
    >
      <Box
        role="tabpanel"
        id="slipway-object-panel"
        aria-labelledby={`slipway-object-${current}`}
        sx={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        {current === 'logs' ? (
          <ContainerLog
            environment={environment}
            pod={object.name}
            containers={query.data?.containers ?? []}
            allowed={details.allowed.logs}
          />
        ) : (
          <StateView
            query={query}
            what={t('object.what', { kind: object.kind, name: object.name })}
            skeleton={<RowsSkeleton rows={6} height={22} />}
            sources={({ source }) => [source]}
          >
            {found => <View name={current} object={found} />}
          </StateView>
        )}
      </Box>
    </SideDrawer>
  );
}

function View(props: {
  name: Exclude<ViewName, 'logs'>;
  object: ApiObjectDetails;
}) {
  const { name, object } = props;
  switch (name) {
    case 'diff':
      return <ObjectDiff object={object} />;
    case 'yaml':
      return <YamlText object={object} />;
    case 'events':
      return <ObjectEvents events={object.events} />;
    default:
      return <ObjectSummary object={object} />;
  }
}
