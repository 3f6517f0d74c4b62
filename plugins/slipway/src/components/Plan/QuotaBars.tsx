import { useTranslationRef } from '@backstage/frontend-plugin-api';
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
import { slipwayTranslationRef } from '../../translation';
import { Becomes } from '../Becomes';
import { Toned } from '../Toned';

type QuotaLine = ApiEnvironmentPlan['quota'][number];

/** Resources with a name of their own; any other is said as Kubernetes says it. */
const NAMES = {
  'requests.cpu': 'cpu',
  'requests.memory': 'memory',
  'requests.storage': 'storage',
  'limits.cpu': 'cpuLimit',
  'limits.memory': 'memoryLimit',
  pods: 'pods',
  services: 'services',
  persistentvolumeclaims: 'claims',
} as const;

const nameOf = (resource: string) =>
  (NAMES as Record<string, (typeof NAMES)[keyof typeof NAMES] | undefined>)[
    resource
  ];

/** Thousandths of a core are read as a share of one. */
const readable = (quantity: string): string =>
  quantity.endsWith('m')
    ? quantityToNumber(parseQuantity(quantity)).toLocaleString('en-US', {
        maximumFractionDigits: 3,
      })
    : quantity;

/** Used, added, and what is left of one resource. */
interface Bar {
  used: number;
  added: number;
  figures: string;
  limit: string;
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
    figures: `${readable(before)} ${grows ? '+' : '−'} ${readable(formatQuantity(difference))}`,
    limit: readable(limit),
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  const used = props.quota.filter(line => !isUnused(line));
  if (props.quota.length === 0) {
    return (
      <Box sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
        {t('plan.noQuota')}
      </Box>
    );
  }
  return (
    <Box
      component="dl"
      aria-label={t('plan.quota')}
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
  const { t } = useTranslationRef(slipwayTranslationRef);
  const { line } = props;
  const bar = barOf(line);
  const name = nameOf(line.resource);
  const figures = bar?.figures ?? (
    <Becomes from={line.before} to={line.after} />
  );
  const limit = bar?.limit ?? line.limit;
  return (
    // A group of a description list may be wrapped in a div; `contents` keeps the columns.
    <Box sx={{ display: 'contents' }}>
      <Box component="dt">
        {name ? t(`plan.resource.${name}`) : line.resource}
      </Box>
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
        {limit === undefined ? figures : t('plan.ofLimit', { figures, limit })}
        {!line.fits && (
          <>
            {' '}
            <Toned tone="bad">{t('plan.doesNotFit')}</Toned>
          </>
        )}
      </Box>
    </Box>
  );
}
