/** Where a source has its keys and certificates, as far as that is in its data directory: paths below it. */
export const KEY_FILES_QUERY = `
select substr(path, case when path like '/%' then length(directory) + 2 else 1 end)
from (select setting as path, (select rtrim(setting, '/') from pg_settings where name = 'data_directory') as directory
      from pg_settings
      where name in ('ssl_key_file', 'ssl_cert_file', 'ssl_ca_file', 'ssl_crl_file', 'ssl_crl_dir', 'ssl_dh_params_file', 'krb_server_keyfile')) files
where path not like '/%' or starts_with(path, directory || '/')`;
