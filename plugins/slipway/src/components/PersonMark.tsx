import BotIcon from '@mui/icons-material/SmartToyOutlined';
import GroupIcon from '@mui/icons-material/GroupsOutlined';
import Box from '@mui/material/Box';

const SIZE = 18;

const Machine = (props: { of: string }) =>
  props.of.startsWith('group:') ? (
    <GroupIcon sx={{ fontSize: 13 }} />
  ) : (
    <BotIcon sx={{ fontSize: 13 }} />
  );

/**
 * A small round mark before a name, so that people are told from machines at a glance. Decoration: the name stands
 * beside it.
 *
 * @internal
 */
export function PersonMark(props: { entityRef: string }) {
  const { entityRef } = props;
  const person = /^user:(?:[^/]+\/)?(.)/i.exec(entityRef)?.[1];
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        display: 'inline-grid',
        placeItems: 'center',
        verticalAlign: 'text-bottom',
        width: SIZE,
        height: SIZE,
        mr: 0.5,
        borderRadius: '50%',
        bgcolor: 'action.selected',
        color: 'text.secondary',
        fontSize: '0.6875rem',
        fontWeight: 700,
        lineHeight: 1,
      }}
    >
      {person ? person.toLocaleUpperCase('en-US') : <Machine of={entityRef} />}
    </Box>
  );
}
