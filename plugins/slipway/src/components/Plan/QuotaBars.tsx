import Box from '@mui/material/Box';
import {
  compareQuantities,
  formatQuantity,
  isQuantity,
  parseQuantity,
  quantityToNumber,
  subtractQuantity,
  type ApiEnvironmentPlan,
} from '@slipway/plugin-slipway-common';
import { TABULAR, tone } from '../../theme';
import { Toned } from '../Toned';

type QuotaLine = ApiEnvironmentPlan['quota'][number];

const NAMES: Record<string, string> = {
  'requests.cpu': 'CPU',
  'requests.memory': 'Memory',
  'requests.storage': 'Storage',
  'limits.cpu': 'CPU limit',
  'limits.memory': 'Memory limit',
  pods: 'Pods',
  services: 'Services',
  persistentvolumeclaims: 'Volume claims',
};

/** Used, added, and what is left of one resource. */
interface Bar {
  used: number;
  added: number;
  figures: string;
}

/** A resource without figures that can be read is still told, without a bar. */
function barOf(line: QuotaLine): Bar | undefined {
  const { before, after, limit } = line;
  if (limit === undefined || ![before, after, limit].every(isQuantity)) {
    return undefined;
  }
  const [from, to, most] = [before, after, limit].map(parseQuantity);
  const grows = compareQuantities(to, from) >= 0;
  const share = (part: number) =>
    Math.min(100, (part / Math.max(quantityToNumber(most), 1e-9)) * 100);
  const difference = grows
    ? subtractQuantity(to, from)
    : subtractQuantity(from, to);
  const used = grows ? from : to;
  return {
    used: share(quantityToNumber(used)),
    added: share(quantityToNumber(difference)),
    figures: `${before} ${grows ? '+' : '−'} ${formatQuantity(difference)} of ${limit}`,
  };
}

/** What nobody uses and nobody asks for says nothing; a class may limit a dozen such things. */
const isUnused = ({ before, after }: QuotaLine): boolean =>
  [before, after].every(
    text => isQuantity(text) && parseQuantity(text).nanos === 0n,
  );

/**
 * Quota as bars: used, added, limit – and in figures, because a bar alone says nothing.
 *
 * @internal
 */
export function QuotaBars(props: { quota: QuotaLine[] }) {
  const used = props.quota.filter(line => !isUnused(line));
  if (props.quota.length === 0) {
    return (
      <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
        The class sets no quota.
      </Box>
    );
  }
  return (
    <Box
      component="dl"
      aria-label="Quota"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'auto minmax(60px, 1fr) auto',
        gap: 1,
        alignItems: 'center',
        m: 0,
        fontSize: '0.875rem',
      }}
    >
      {used.map(line => (
        <QuotaRow key={line.resource} line={line} />
      ))}
    </Box>
  );
}

function QuotaRow(props: { line: QuotaLine }) {
  const { line } = props;
  const bar = barOf(line);
  return (
    // A group of a description list may be wrapped in a div; `contents` keeps the columns.
    <Box sx={{ display: 'contents' }}>
      <Box component="dt">{NAMES[line.resource] ?? line.resource}</Box>
      <Box component="dd" sx={{ m: 0 }} aria-hidden>
        {bar && (
          <Box
            sx={{
              height: 8,
              borderRadius: 1,
              bgcolor: 'action.selected',
              overflow: 'hidden',
              display: 'flex',
            }}
          >
            <Box
              sx={{
                width: `${bar.used}%`,
                bgcolor: theme => tone(theme, 'off'),
              }}
            />
            <Box
              sx={{
                width: `${bar.added}%`,
                bgcolor: theme => tone(theme, line.fits ? 'go' : 'bad'),
              }}
            />
          </Box>
        )}
      </Box>
      <Box component="dd" sx={{ m: 0, textAlign: 'right', ...TABULAR }}>
        {bar?.figures ??
          `${line.before} → ${line.after}${line.limit === undefined ? '' : ` of ${line.limit}`}`}
        {!line.fits && (
          <>
            {' '}
            <Toned tone="bad">does not fit</Toned>
          </>
        )}
      </Box>
    </Box>
  );
}
