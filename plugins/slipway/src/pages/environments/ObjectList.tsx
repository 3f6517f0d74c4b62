import CheckIcon from '@mui/icons-material/Check';
import CloseIcon from '@mui/icons-material/Close';
import DotIcon from '@mui/icons-material/FiberManualRecord';
import PauseIcon from '@mui/icons-material/Pause';
import QuestionIcon from '@mui/icons-material/QuestionMark';
import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ApiLiveObject } from '@slipway/plugin-slipway-common';
import { EmptyState, RelativeTime } from '../../components';
import { tone, type Tone } from '../../theme';

const HEALTH: Record<
  ApiLiveObject['health'],
  { icon: typeof CheckIcon; tone: Tone }
> = {
  Healthy: { icon: CheckIcon, tone: 'ok' },
  Progressing: { icon: DotIcon, tone: 'go' },
  Degraded: { icon: CloseIcon, tone: 'bad' },
  Missing: { icon: CloseIcon, tone: 'bad' },
  Suspended: { icon: PauseIcon, tone: 'wait' },
  Unknown: { icon: QuestionIcon, tone: 'off' },
};

/** What needs a look comes first. */
const ORDER: ApiLiveObject['health'][] = [
  'Degraded',
  'Missing',
  'Progressing',
  'Suspended',
  'Unknown',
  'Healthy',
];

/**
 * The objects of an environment as they live in the cluster.
 *
 * @internal
 */
export function ObjectList(props: { objects: ApiLiveObject[] }) {
  const objects = [...props.objects].sort(
    (a, b) =>
      ORDER.indexOf(a.health) - ORDER.indexOf(b.health) ||
      a.kind.localeCompare(b.kind) ||
      a.name.localeCompare(b.name),
  );
  if (objects.length === 0) {
    return (
      <EmptyState title="No objects in the cluster yet">
        They appear when the road has reached Provisioned.
      </EmptyState>
    );
  }
  return (
    <TableContainer>
      <Table size="small" aria-label="Objects in the cluster">
        <TableHead>
          <TableRow>
            <TableCell>Object</TableCell>
            <TableCell>Health</TableCell>
            <TableCell>Sync</TableCell>
            <TableCell align="right">Age</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {objects.map(object => (
            <ObjectRow
              key={
                object.uid ??
                `${object.apiVersion}/${object.kind}/${object.namespace}/${object.name}`
              }
              object={object}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function ObjectRow(props: { object: ApiLiveObject }) {
  const { object } = props;
  const { icon: Icon, tone: name } = HEALTH[object.health];
  return (
    <TableRow>
      <TableCell>
        <strong>{object.kind}</strong> {object.name}
        {object.message && (
          <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {object.message}
          </Box>
        )}
      </TableCell>
      <TableCell>
        <Box
          component="span"
          sx={{
            display: 'inline-flex',
            gap: 0.5,
            alignItems: 'center',
            color: theme => tone(theme, name),
          }}
        >
          <Icon aria-hidden sx={{ fontSize: 16 }} />
          {object.health}
        </Box>
      </TableCell>
      <TableCell>{object.sync ?? '–'}</TableCell>
      <TableCell align="right">
        {object.createdAt ? <RelativeTime at={object.createdAt} /> : '–'}
      </TableCell>
    </TableRow>
  );
}
