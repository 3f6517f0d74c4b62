import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { Becomes } from '../../components/Becomes';
import { slipwayTranslationRef } from '../../translation';
import type { Step } from './steps';

/**
 * Which step is to be taken.
 *
 * @internal
 */
export function WayChoice(props: {
  steps: Step[];
  chosen: string;
  onChoose: (id: string) => void;
}) {
  const { steps, chosen, onChoose } = props;
  const { t } = useTranslationRef(slipwayTranslationRef);
  return (
    <TextField
      select
      size="small"
      label={t('releases.way')}
      value={chosen}
      onChange={event => onChoose(event.target.value)}
      sx={{ minWidth: 200 }}
    >
      {steps.map(({ id, from, to }) => (
        <MenuItem key={id} value={id}>
          <span>
            <Becomes from={from} to={to} />
          </span>
        </MenuItem>
      ))}
    </TextField>
  );
}
