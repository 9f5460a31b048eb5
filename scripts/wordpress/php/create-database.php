<?php
$in = json_decode(stream_get_contents(STDIN), true);
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli('localhost', 'root', '', '', 0, $in['socket']);
$db->query("CREATE DATABASE `{$in['database']}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
echo "true\n";
