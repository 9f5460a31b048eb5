<?php
// Runs one expression, or a block with `return`, inside WordPress as its administrator.
$in = json_decode(stream_get_contents(STDIN), true);
$_SERVER['HTTP_HOST'] = preg_replace('#^https?://#', '', $in['url']);
$_SERVER['REQUEST_URI'] = '/';
require $in['folder'] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user(1);
$run = function ($script, $args) {
  return eval(preg_match('/;\s*$|\}\s*$/', $script) ? $script : "return $script;");
};
$value = $run($in['script'], $in['args']);
if (is_wp_error($value)) {
  fwrite(STDERR, $value->get_error_message() . "\n");
  exit(1);
}
echo "\n", json_encode($value, JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR), "\n";
