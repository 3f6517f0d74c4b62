import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { problemDetails } from './problemDetails';

describe('problemDetails', () => {
  const logger = mockServices.logger.mock();
  const answerTo = (error: unknown) =>
    request(
      express()
        .get('/', (_request, _response, next) => next(error))
        .use(problemDetails(logger)),
    ).get('/');

  it('tells what nobody foresaw by an id only, under which its text is in the log', async () => {
    const { status, body, text } = await answerTo(
      new Error('select * from secrets where x'),
    );
    expect(status).toBe(500);
    expect(body).toMatchObject({
      title: 'InternalError',
      detail: expect.stringContaining(body.instance),
    });
    expect(text).not.toContain('secrets');
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(
        new RegExp(`GET / failed \\(${body.instance}\\): .*secrets`),
      ),
    );
  });

  it('says that the database is away, and nothing of where it is', async () => {
    const { status, body, text } = await answerTo(
      Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), {
        code: 'ECONNREFUSED',
      }),
    );
    expect(status).toBe(503);
    expect(body.detail).toMatch(/database doesn't answer/);
    expect(text).not.toContain('10.0.0.7');
  });
});
