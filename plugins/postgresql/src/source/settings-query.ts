/**
 * The settings of a source that say how its data behaves, as lines of a configuration file. Memory, connections, files,
 * logging, archive and replication are matters of a place; what a copy needs of them it gets from its own parameters.
 */
export const SETTINGS_QUERY = `
select format('%s = ''%s''', name, replace(replace(current_setting(name), '\\', '\\\\'), '''', ''''''))
from pg_settings
where source in ('configuration file', 'command line')
  and (category ~ '^(Query Tuning|Client Connection Defaults|Lock Management|Version and Platform Compatibility|Customized Options)'
       or name in ('work_mem', 'maintenance_work_mem', 'hash_mem_multiplier', 'password_encryption'))
  and name not in ('dynamic_library_path', 'lc_messages', 'jit_provider', 'default_transaction_read_only')
  and name !~ '^opendvp\\.' and context <> 'internal'
order by name`;
