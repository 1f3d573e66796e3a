# Writes the logins as File::KeePass does: perl keepass.pl LOGINS FOLDER PASSWORD
use strict;
use warnings;
use utf8;
use File::KeePass;
use JSON::PP;

my ($logins, $folder, $password) = @ARGV;
open my $file, '<:raw', $logins or die $!;
my $entries = decode_json(do { local $/; <$file> });

# A KDB file takes bytes; a KDBX file takes characters, but for what is encrypted.
sub text { my ($text, $bytes) = @_; $text //= ''; utf8::encode($text) if $bytes; return $text }

sub vault {
    my ($kdb) = @_;
    my $vault = File::KeePass->new;
    my %groups;
    for my $login (@$entries) {
        my ($parent, $path) = (undef, '');
        for my $name (split m{/}, $login->{group} || 'General') {
            $path .= "/$name";
            $groups{$path} ||= $vault->add_group({ title => text($name, $kdb), defined $parent ? (group => $parent) : () });
            $parent = $groups{$path}{id};
        }
        $vault->add_entry({
            title    => text($login->{title}, $kdb),
            username => text($login->{user}, $kdb),
            password => text($login->{password}, 1),
            url      => text($login->{urls}[0], $kdb),
            comment  => text($login->{note}, $kdb),
            group    => $parent,
        });
    }
    return $vault;
}

my %keys = (hex => '0123456789abcdef' x 4, raw => pack('H*', '00ff' x 16), any => "the content of any file\n");
for my $name (keys %keys) {
    open my $key, '>:raw', "$folder/$name.key" or die $!;
    print $key $keys{$name};
    close $key;
}
for my $kind (['kdb', 1], ['kdbx', 2]) {
    my ($ending, $version) = @$kind;
    my $save = sub { my ($name, $secret) = @_; vault($version == 1)->save_db("$folder/$name.$ending", $secret, { version => $version, rounds => 6000 }) };
    $save->('password', $password);
    $save->("both-$_", [$password, "$folder/$_.key"]) for keys %keys;
    $save->("key-$_", [undef, "$folder/$_.key"]) for keys %keys;
}
