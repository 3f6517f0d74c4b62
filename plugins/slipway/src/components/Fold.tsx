import ExpandIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import { useId, type ReactNode } from 'react';

/**
 * Something that folds to one line, without a box of its own.
 *
 * @internal
 */
export function Fold(props: {
  summary: ReactNode;
  defaultOpen?: boolean;
  /** What is folded isn't drawn at all, where it is costly. */
  lazy?: boolean;
  /** Inside padded content: no line above, no padding. */
  inset?: boolean;
  children: ReactNode;
}) {
  const { summary, defaultOpen, lazy, inset, children } = props;
  const id = useId();
  return (
    <Accordion
      defaultExpanded={defaultOpen}
      disableGutters
      square
      elevation={0}
      slotProps={{ transition: { unmountOnExit: lazy } }}
      sx={{
        '&::before': { display: 'none' },
        ...(inset
          ? { bgcolor: 'transparent' }
          : { borderTop: 1, borderColor: 'divider' }),
      }}
    >
      <AccordionSummary
        id={`${id}-summary`}
        aria-controls={`${id}-details`}
        expandIcon={<ExpandIcon />}
        sx={{ px: inset ? 0 : 2 }}
      >
        {summary}
      </AccordionSummary>
      <AccordionDetails sx={{ p: 0 }}>{children}</AccordionDetails>
    </Accordion>
  );
}
