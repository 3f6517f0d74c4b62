import { ProxiedSignInPage } from '@backstage/core-components';
import type { IdentityApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardActions from '@mui/material/CardActions';
import CardContent from '@mui/material/CardContent';
import Container from '@mui/material/Container';
import Grid from '@mui/material/Grid';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

/** The identities that the auth backend offers in development, and what each one is for. */
const IDENTITIES = [
  {
    provider: 'guest',
    title: 'Guest',
    text: 'Looks around; may not open or merge a change request.',
  },
  {
    provider: 'demo-developer',
    title: 'Dana, developer',
    text: 'Member of the team that owns the demo organization: opens and merges changes to its services.',
  },
  {
    provider: 'demo-platform',
    title: 'Priya, platform engineer',
    text: 'Member of the platform team: also changes classes, quotas and policies, and sees Operations.',
  },
];

const CHOICE = 'slipway.demo.identity';

/** Signing out forgets the choice, so that the next page load asks again. */
function forgetting(identity: IdentityApi): IdentityApi {
  return {
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    getProfileInfo: () => identity.getProfileInfo(),
    signOut: async () => {
      window.localStorage.removeItem(CHOICE);
      await identity.signOut();
      window.location.href = '/';
    },
  };
}

/** Three cards, one an identity; the choice is kept in this browser until sign-out. */
export function DemoSignInPage(props: SignInPageProps) {
  const [choice, setChoice] = useState(() =>
    window.localStorage.getItem(CHOICE),
  );
  if (choice && IDENTITIES.some(i => i.provider === choice)) {
    return (
      <ProxiedSignInPage
        {...props}
        provider={choice}
        onSignInSuccess={identity =>
          props.onSignInSuccess(forgetting(identity))
        }
      />
    );
  }
  return (
    <Container component="main" maxWidth="md" sx={{ py: 8 }}>
      <Typography variant="h3" component="h1" gutterBottom>
        Slipway
      </Typography>
      <Typography paragraph>
        Choose who you are. These identities exist in development only.
      </Typography>
      <Grid container spacing={2}>
        {IDENTITIES.map(identity => (
          <Grid item xs={12} sm={4} key={identity.provider}>
            <Card
              variant="outlined"
              sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}
            >
              <CardContent sx={{ flexGrow: 1 }}>
                <Typography variant="h6" component="h2" gutterBottom>
                  {identity.title}
                </Typography>
                <Typography variant="body2">{identity.text}</Typography>
              </CardContent>
              <CardActions>
                <Button
                  variant="outlined"
                  aria-label={`Enter as ${identity.title}`}
                  onClick={() => {
                    window.localStorage.setItem(CHOICE, identity.provider);
                    setChoice(identity.provider);
                  }}
                >
                  Enter
                </Button>
              </CardActions>
            </Card>
          </Grid>
        ))}
      </Grid>
    </Container>
  );
}
