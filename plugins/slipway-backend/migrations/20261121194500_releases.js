// @ts-check

/**
 * Releases of services, what environments are to run until Git says so, and what came in from outside.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('releases', table => {
    table.comment('Revisions of workloads that belong together, once each');
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.text('id').notNullable().comment('Digest of what is in it');
    table.text('workloads').notNullable().comment('JSON, sorted by name');
    table
      .text('revision')
      .notNullable()
      .comment('Of its workloads, or of the first one where they differ');
    table.text('actor').notNullable();
    table.text('git_name').notNullable();
    table.text('git_email').notNullable();
    table.timestamp('at', { precision: 3 }).notNullable();
    table
      .timestamp('ordered_at', { precision: 3 })
      .notNullable()
      .comment('When the commit was made, or told of where nobody said');
    table.text('branch').nullable();
    table.text('repository').nullable();
    table.text('url').nullable();
    table.text('message').nullable();
    table.text('promoted_from').nullable();
    table.primary(['organization', 'service', 'id']);
    table.index(
      ['organization', 'service', 'ordered_at'],
      'releases_ordered_idx',
    );
    table.index(
      ['organization', 'service', 'revision'],
      'releases_revision_idx',
    );
  });
  await knex.schema.createTable('wanted_revisions', table => {
    table.comment('What each workload of an environment was asked to run last');
    table
      .text('environment')
      .notNullable()
      .comment('<organization>/<service>/<name>');
    table.text('workload').notNullable();
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.text('revision').notNullable();
    table.text('digest').nullable();
    table.text('release').notNullable();
    table.timestamp('ordered_at', { precision: 3 }).notNullable();
    table
      .timestamp('told_at', { precision: 3 })
      .notNullable()
      .comment(
        'When its release was told of first; decides where the order is the same',
      );
    table.timestamp('asked_at', { precision: 3 }).notNullable();
    table.text('actor').notNullable();
    table.text('git_name').notNullable();
    table.text('git_email').notNullable();
    table
      .text('origin')
      .notNullable()
      .comment('revision, promotion or rollback');
    table.text('serial').notNullable().comment('Another one with every write');
    table
      .timestamp('settled_at', { precision: 3 })
      .nullable()
      .comment('Set once Git says so');
    table.primary(['environment', 'workload']);
    table.index(['organization', 'service'], 'wanted_revisions_service_idx');
  });
  await knex.schema.createTable('spec_dispatches', table => {
    table.comment('Edits of specs from outside that wait to be merged');
    table.text('id').primary();
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.text('part').nullable().comment('JSON: workload or database');
    table.text('spec').notNullable().comment('JSON that is merged');
    table.text('actor').notNullable();
    table.text('git_name').notNullable();
    table.text('git_email').notNullable();
    table.timestamp('at', { precision: 3 }).notNullable();
    table.index(['organization', 'service', 'at'], 'spec_dispatches_idx');
  });
  await knex.schema.createTable('seen_signatures', table => {
    table.comment('Signatures that were taken, until they are too old anyway');
    table.text('digest').primary();
    table.timestamp('forget_at', { precision: 3 }).notNullable();
    table.index(['forget_at'], 'seen_signatures_forget_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('seen_signatures');
  await knex.schema.dropTable('spec_dispatches');
  await knex.schema.dropTable('wanted_revisions');
  await knex.schema.dropTable('releases');
};
