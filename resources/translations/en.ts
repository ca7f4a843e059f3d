<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name>till</name>
    <message>
        <source>登录</source>
        <translation>Sign in</translation>
    </message>
</context>
</TS>
