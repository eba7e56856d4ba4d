<?php
// Makes the database, the blog, and a user of each role with an application password; prints these.
define('WP_INSTALLING', true);
error_reporting(E_ERROR);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '/';
$site = $argv[1];
preg_match("/localhost:([^']+)/", file_get_contents("$site/wp-config.php"), $found);
(new mysqli('localhost', 'root', '', '', 0, $found[1]))->query('CREATE DATABASE wordpress');
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('Our Library', 'admin', 'admin@blog.example', true, '', 'a long password for tests');
wp_cache_flush();
$passwords = [];
foreach (['administrator', 'editor', 'author', 'contributor', 'subscriber'] as $role) {
    $id = wp_insert_user(['user_login' => $role, 'user_pass' => wp_generate_password(24),
        'user_email' => "$role@blog.example", 'role' => $role, 'display_name' => "Ana the $role"]);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'chinwag']);
    $passwords[$role] = WP_Application_Passwords::chunk_password($password);
}
foreach (wp_get_themes() as $name => $theme) { switch_theme($name); }
echo json_encode($passwords);
