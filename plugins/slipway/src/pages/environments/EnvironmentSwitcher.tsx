import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DriftIcon from '@mui/icons-material/DifferenceOutlined';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import {
  speaking,
  type ApiEnvironment,
  type StationState,
} from '@slipway/plugin-slipway-common';
import { Toned } from '../../components';
import { Flash } from '../../components/Live';
import { StationMark } from '../../components/Road/StationMark';
import { conditionsOf } from '../../format';
import { slipwayTranslationRef } from '../../translation';

const stateOf = (environment: ApiEnvironment) =>
  speaking(conditionsOf(environment.conditions))?.state ?? 'done';

/**
 * The environments of a service side by side, each with how it is.
 *
 * @internal
 */
export function EnvironmentSwitcher(props: {
  environments: ApiEnvironment[];
  current: string;
  onChoose: (name: string) => void;
}) {
  const { environments, current, onChoose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={current}
      onChange={(_event, name: string | null) => name && onChoose(name)}
      aria-label={t('environmentPage.switcher')}
      sx={{ flexWrap: 'wrap' }}
    >
      {environments.map(environment => (
        <ToggleButton
          key={environment.name}
          value={environment.name}
          sx={{
            textTransform: 'none',
            px: 1.25,
            py: 0.375,
            color: 'text.primary',
          }}
        >
          <Flash
            of={stateOf(environment)}
            component="span"
            sx={{ display: 'inline-flex', gap: 0.75, alignItems: 'center' }}
          >
            <StateSign state={stateOf(environment)} />
            {environment.name}
            {environment.drift?.state === 'drifted' && (
              <Toned tone="wait">
                <DriftIcon
                  titleAccess={t('resources.drifted')}
                  sx={{ fontSize: '1.1em', verticalAlign: '-0.2em' }}
                />
              </Toned>
            )}
          </Flash>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function StateSign(props: { state: StationState }) {
  const { t } = useTranslationRef(slipwayTranslationRef);
  const word = t(`road.state.${props.state}`);
  return (
    <span role="img" aria-label={word} title={word}>
      <StationMark state={props.state} size={16} />
    </span>
  );
}
