import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, useMemo, type ReactNode } from 'react';
import { SlipwayProvider } from '../api';
import {
  problemsAt,
  problemsOfSpec,
  type Path,
  type ServiceForm,
} from '../form';
import { ProblemProvider } from './ProblemContext';

/**
 * What every field of ours has around it: its title and help, and the problems of its part of the spec, in the words
 * that the file and the API use.
 *
 * @internal
 */
export function FieldFrame(props: {
  title: string;
  help?: string;
  /** The whole form, with what this field holds right now. */
  form: ServiceForm;
  path: Path;
  /** "Next" was refused. */
  refused: boolean;
  /** A single input has its own label. */
  plain?: boolean;
  children: ReactNode;
}) {
  const { title, help, form, path, refused, plain, children } = props;
  const id = useId();
  // The caller makes a new object at every render; what is in it is what counts.
  const content = JSON.stringify([form, path]);
  const problems = useMemo(() => {
    const [whole, part] = JSON.parse(content) as [ServiceForm, Path];
    return problemsAt(problemsOfSpec(whole), part);
  }, [content]);
  return (
    <SlipwayProvider>
      <ProblemProvider problems={problems} all={refused}>
        {plain ? (
          children
        ) : (
          <Box
            role="group"
            aria-labelledby={id}
            sx={{ my: 1, color: 'text.primary', lineHeight: 1.45 }}
          >
            <Typography
              id={id}
              component="h3"
              sx={{ fontSize: '1rem', fontWeight: 700 }}
            >
              {title}
            </Typography>
            {help && (
              <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
                {help}
              </Typography>
            )}
            {children}
          </Box>
        )}
      </ProblemProvider>
    </SlipwayProvider>
  );
}
