// @ts-check

/**
 * Desired state: where it is read from, what was read, and which domain belongs to whom.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sources', table => {
    table.comment('Repositories that are read, and how far');
    table.text('id').primary();
    table.text('role').notNullable().comment('platform or gitops');
    table.text('url').notNullable();
    table.text('branch').notNullable();
    table
      .text('state')
      .notNullable()
      .defaultTo('ok')
      .comment('ok, unreadable or held');
    table
      .text('head_commit')
      .nullable()
      .comment(
        'The commit whose files are in resources; swapped by comparison',
      );
    table
      .timestamp('read_at', { precision: 3 })
      .nullable()
      .comment('When the source was last read with success');
    table.text('error').nullable().comment('Why it can not be read');
    table
      .text('held')
      .nullable()
      .comment(
        'JSON: the commit that waits for a confirmation, and what would vanish with it',
      );
    table
      .text('conflicts')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: files whose resource is declared elsewhere');
    table
      .text('lease_token')
      .nullable()
      .comment('Fences the one reader of the source');
    table.timestamp('leased_until', { precision: 3 }).nullable();
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table.index(['role'], 'sources_role_idx');
  });

  await knex.schema.createTable('resources', table => {
    table.comment(
      'What people declared: one row a resource, the deleted ones included',
    );
    table.text('kind').notNullable();
    table
      .text('organization')
      .notNullable()
      .comment('Empty for cluster-scoped kinds');
    table.text('name').notNullable();
    table
      .text('source_id')
      .notNullable()
      .references('id')
      .inTable('sources')
      .onDelete('RESTRICT');
    table.text('path').notNullable();
    table
      .text('commit')
      .notNullable()
      .comment('The commit at which the file was last seen to differ');
    table
      .text('text')
      .notNullable()
      .comment('The file, or the document of it, as it was written');
    table
      .text('value')
      .nullable()
      .comment('JSON: the normalised value; null when the file is not valid');
    table
      .text('valid_value')
      .nullable()
      .comment('JSON: the last valid value, which keeps running');
    table
      .integer('generation')
      .notNullable()
      .comment(
        'Grows whenever the valid value changes, or the resource is deleted or comes back',
      );
    table
      .text('problems')
      .notNullable()
      .defaultTo('[]')
      .comment('JSON: what is wrong with the file');
    table.timestamp('deleted_at', { precision: 3 }).nullable();
    table.timestamp('updated_at', { precision: 3 }).notNullable();
    table.primary(['kind', 'organization', 'name'], 'resources_pk');
    table.index(['source_id', 'deleted_at'], 'resources_source_idx');
    table.index(['organization', 'kind'], 'resources_organization_idx');
  });

  await knex.schema.createTable('domains', table => {
    table.comment('A domain belongs to the first that holds it');
    table.text('domain').primary();
    table.text('organization').notNullable();
    table.text('service').notNullable();
    table.timestamp('claimed_at', { precision: 3 }).notNullable();
    table.index(['organization', 'service'], 'domains_holder_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('domains');
  await knex.schema.dropTable('resources');
  await knex.schema.dropTable('sources');
};
